package dev.pipelinebox.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LaunchSettingsTest {

    private static final Path HOME = Path.of("/home/user").toAbsolutePath();

    @Test
    void cachesAreInTheUsersHome() {
        assertThat(LaunchSettings.cacheDirectory(null, HOME)).isEqualTo(HOME.resolve(".cache/pipelinebox"));
        assertThat(LaunchSettings.cacheDirectory("", HOME)).isEqualTo(HOME.resolve(".cache/pipelinebox"));
    }

    @Test
    void cachesAreWhereTheVariableSays() {
        assertThat(LaunchSettings.cacheDirectory("/caches", HOME)).isEqualTo(Path.of("/caches/pipelinebox"));
    }

    /** As that of a container with any number for its user, for whom the JVM gives a question mark. */
    @Test
    void aUserWithoutAHomeHasThemInTheTemporaryDirectory() {
        assertThat(LaunchSettings.cacheDirectory(null, Path.of("?")))
                .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "pipelinebox"));
    }
}
