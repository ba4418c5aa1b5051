package dev.pipelinebox.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderTest {

    @TempDir
    private Path root;

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void isForThisUserAlone() throws IOException {
        try (SharedFolder folder = SharedFolder.create(root).orElseThrow()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        try (SharedFolder folder = SharedFolder.create(root).orElseThrow()) {
            Files.writeString(folder.path().resolve("1-arguments"), "x");
            assertThat(all()).containsExactly(folder.path());
        }
        assertThat(all()).isEmpty();
    }

    @Test
    void takesAwayWhatWasAbandonedBefore() throws IOException {
        Path abandoned = Files.createDirectory(root.resolve("pipelinebox-1-2"));
        Files.createFile(abandoned.resolve("owner"));
        Files.writeString(abandoned.resolve("7-arguments"), "x");

        try (SharedFolder folder = SharedFolder.create(root).orElseThrow()) {
            assertThat(all()).containsExactly(folder.path());
        }
    }

    @Test
    void leavesAloneWhatOtherMastersHaveAndWhatIsNoneOfItsBusiness() throws IOException {
        Path strange = Files.createDirectory(root.resolve("pipelinebox-strange-folder"));
        Path file = Files.createFile(root.resolve("pipelinebox-a-file"));

        try (SharedFolder one = SharedFolder.create(root).orElseThrow();
                SharedFolder other = SharedFolder.create(root).orElseThrow()) {
            assertThat(all()).containsExactlyInAnyOrder(strange, file, one.path(), other.path());
        }
        assertThat(all()).containsExactlyInAnyOrder(strange, file);
    }

    @Test
    void isAbandonedWhenNobodyHoldsItsLock() throws IOException {
        Path abandoned = Files.createDirectory(root.resolve("pipelinebox-1-2"));
        Files.createFile(abandoned.resolve("owner"));

        SharedFolder.removeIfAbandoned(abandoned);
        SharedFolder.removeIfAbandoned(abandoned);

        assertThat(abandoned).doesNotExist();
    }

    @Test
    void isNotMadeWhereThereIsNothingToMakeItIn() {
        assertThat(SharedFolder.create(root.resolve("missing"))).isEmpty();
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.toList();
        }
    }
}
