package dev.pipelinebox.internal.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class LockedDirectoryTest {

    @TempDir
    private Path root;

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void isForThisUserAlone() throws IOException {
        try (LockedDirectory folder = LockedDirectory.create(root)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        try (LockedDirectory folder = LockedDirectory.create(root)) {
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

        try (LockedDirectory folder = LockedDirectory.create(root)) {
            assertThat(all()).containsExactly(folder.path());
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void removesFoldersInItAndDoesNotFollowLinks() throws IOException {
        Path precious = Files.createDirectory(root.resolve("precious"));
        Path file = Files.createFile(precious.resolve("file"));

        try (LockedDirectory folder = LockedDirectory.create(root)) {
            Path inner = Files.createDirectories(
                    folder.path().resolve("pipelinebox-1-2").resolve("deep"));
            Files.writeString(inner.resolve("1-arguments"), "x");
            Files.createSymbolicLink(inner.resolve("link"), precious);
        }

        assertThat(all()).containsExactly(precious);
        assertThat(file).exists();
    }

    @Test
    void leavesAloneWhatOtherMastersHaveAndWhatIsNoneOfItsBusiness() throws IOException {
        Path strange = Files.createDirectory(root.resolve("pipelinebox-strange-folder"));
        Path file = Files.createFile(root.resolve("pipelinebox-a-file"));

        try (LockedDirectory one = LockedDirectory.create(root);
                LockedDirectory other = LockedDirectory.create(root)) {
            assertThat(all()).containsExactlyInAnyOrder(strange, file, one.path(), other.path());
        }
        assertThat(all()).containsExactlyInAnyOrder(strange, file);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void doesNotFollowAnotherDirectoryThatHasItsNameOrLooksAbandoned() throws IOException {
        Path precious = Files.createDirectory(root.resolve("precious"));
        Path file = Files.createFile(precious.resolve("file"));
        Files.createFile(precious.resolve("owner"));
        Path posing = Files.createSymbolicLink(root.resolve("pipelinebox-1-2"), precious);
        LockedDirectory folder = LockedDirectory.create(root);
        Files.delete(folder.path().resolve("owner"));
        Files.delete(folder.path());
        Files.createSymbolicLink(folder.path(), precious);
        assertThat(folder.isThere()).isFalse();

        folder.close();
        LockedDirectory.removeIfAbandoned(posing);

        assertThat(file).exists();
        assertThat(posing).exists();
    }

    @Test
    void isAbandonedWhenNoProcessHoldsItsLock() throws IOException {
        Path abandoned = Files.createDirectory(root.resolve("pipelinebox-1-2"));
        Files.createFile(abandoned.resolve("owner"));

        LockedDirectory.removeIfAbandoned(abandoned);
        LockedDirectory.removeIfAbandoned(abandoned);

        assertThat(abandoned).doesNotExist();
    }

    @Test
    void isNotMadeWhereThereIsNothingToMakeItIn() {
        assertThatThrownBy(() -> LockedDirectory.create(root.resolve("missing")))
                .isInstanceOf(IOException.class);
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.toList();
        }
    }
}
