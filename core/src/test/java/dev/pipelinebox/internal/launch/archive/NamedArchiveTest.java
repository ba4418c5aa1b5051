package dev.pipelinebox.internal.launch.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedArchiveTest {

    @TempDir
    private Path directory;

    private Path jar;
    private Path file;
    private NamedArchive archive;

    @BeforeEach
    void writeJar() throws IOException {
        jar = Files.createFile(directory.resolve("library.jar"));
        file = directory.resolve("caller.jsa");
        archive = new NamedArchive(file, List.of(jar));
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
    void oneThatIsOlderThanAJarIsMissingAndIsReplaced() throws IOException {
        Files.writeString(file, "old classes");
        FileTime later = FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis()
                + Duration.ofMinutes(1).toMillis());
        Files.setLastModifiedTime(jar, later);
        assertThat(archive.find()).isEmpty();

        Path unfinished = archive.unfinished();
        Files.writeString(unfinished, "classes");
        Files.setLastModifiedTime(unfinished, later);
        archive.keep(unfinished);
        assertThat(archive.find()).contains(file);
        assertThat(file).hasContent("classes");
    }

    @Test
    void oneWhoseJarsCannotBeReadIsLeftAlone() throws IOException {
        Files.writeString(file, "classes");
        Files.delete(jar);
        assertThat(archive.find()).contains(file);
    }

    @Test
    void onlyOneProgramAtATimeMakesItAndNothingIsLeftBesideIt() throws IOException {
        try (ArchiveLock held = archive.tryLock().orElseThrow()) {
            assertThat(archive.tryLock()).isEmpty();
            assertThat(held.file()).exists();
        }
        archive.tryLock().orElseThrow().close();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(jar);
        }
    }
}
