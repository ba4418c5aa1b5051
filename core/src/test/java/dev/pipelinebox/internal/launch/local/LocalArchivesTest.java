package dev.pipelinebox.internal.launch.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.internal.launch.LaunchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalArchivesTest {

    @TempDir
    private Path folder;

    @Test
    void noneIsMadeThatWouldNotBeUsed() {
        assertThatThrownBy(() -> LocalArchives.make(settings(Optional.empty())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("class-data-archive.enabled is false");
    }

    /** The library is in a folder here. */
    @Test
    void noneIsMadeOfALibraryInAFolder() {
        assertThatThrownBy(() -> LocalArchives.make(settings(Optional.of(folder.resolve("archives")))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("put pipelinebox-core-VERSION.jar there");
    }

    private LaunchSettings settings(Optional<Path> archives) {
        return new LaunchSettings(
                Path.of(System.getProperty("java.home")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                archives,
                folder.resolve("code"));
    }
}
