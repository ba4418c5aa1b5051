package dev.pipelinebox.internal.launch.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedArchiveTest {

    @TempDir
    private Path directory;

    private Path file;
    private NamedArchive archive;

    @BeforeEach
    void name() {
        file = directory.resolve("caller.jsa");
        archive = new NamedArchive(file, "java 17");
    }

    @Test
    void thereIsNoneBeforeOneWasKept() throws IOException {
        assertThat(archive.find()).isEmpty();
        Path unfinished = archive.unfinished();
        Files.writeString(unfinished, "classes");
        assertThat(archive.find()).isEmpty();
        archive.keep(unfinished);
        assertThat(archive.find()).contains(file);
        assertThat(file).hasContent("classes");
    }

    @Test
    void oneThatWasMadeForSomethingElseIsMissingAndIsReplaced() throws IOException {
        keep(archive, "classes");
        NamedArchive next = new NamedArchive(file, "java 18");
        assertThat(next.find()).isEmpty();

        keep(next, "other classes");
        assertThat(next.find()).contains(file);
        assertThat(file).hasContent("other classes");
        assertThat(archive.find()).isEmpty();
    }

    @Test
    void oneThatTheUserMadeIsLeftAlone() throws IOException {
        Files.writeString(file, "classes");
        assertThat(archive.find()).contains(file);
    }

    @Test
    void whatAProgramLeftBehindThatWasKilledIsRemovedByTheNext() throws IOException {
        Path beingMade = Files.writeString(archive.unfinished(), "half of the cla");
        for (String name : List.of("caller.jsa-1.part", "caller.jsa-1.part.config")) {
            Path abandoned = Files.writeString(directory.resolve(name), "half of the cla");
            Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        }

        Path next = archive.unfinished();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(beingMade);
        }
        assertThat(next).doesNotExist();
        assertThat(next.getParent()).isEqualTo(directory);
    }

    @Test
    void oneWhoseFingerprintIsMissingBecauseItsMakerWasKilledIsMadeAgain() throws IOException {
        Files.writeString(directory.resolve("caller.jsa.fingerprint"), "");
        Files.writeString(file, "classes");
        assertThat(archive.find()).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() {
        NamedArchive nowhere = new NamedArchive(directory.resolve("missing").resolve("caller.jsa"), "java 17");
        assertThatThrownBy(nowhere::tryLock)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.resolve("missing") + " does not exist or cannot be written");
    }

    private static void keep(NamedArchive archive, String content) throws IOException {
        archive.keep(Files.writeString(archive.unfinished(), content));
    }

    @Test
    void onlyOneProgramAtATimeMakesItAndNothingIsLeftBesideIt() throws IOException {
        try (ArchiveLock held = archive.tryLock().orElseThrow()) {
            assertThat(archive.tryLock()).isEmpty();
            assertThat(held.file()).exists();
        }
        archive.tryLock().orElseThrow().close();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }
}
