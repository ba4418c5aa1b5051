package dev.pipelinebox.internal.launch.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Files.writeString(archive.unfinished(), "half of the cla");
        Files.writeString(directory.resolve("caller.jsa-1.part.config"), "x");
        Path next = archive.unfinished();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        assertThat(next).doesNotExist();
        assertThat(next.getParent()).isEqualTo(directory);
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
