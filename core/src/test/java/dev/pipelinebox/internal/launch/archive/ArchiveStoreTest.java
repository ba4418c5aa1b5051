package dev.pipelinebox.internal.launch.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ArchiveStoreTest {

    private static final byte[] CONTENT = new byte[100_000];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    private Path directory;
    private ArchiveStore files;

    @BeforeEach
    void start(@TempDir Path cache) {
        directory = cache.resolve("not").resolve("there yet");
        files = new ArchiveStore(directory, "jvm-and-jars");
    }

    @Test
    void thereIsNoneBeforeOneWasMade() throws IOException {
        assertThat(files.find()).isEmpty();
        Files.write(files.unfinished(), CONTENT);
        assertThat(files.find()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobodyElseCanEnterTheDirectory() throws IOException {
        files.unfinished();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatWasMadeIsFoundForItsPurposeOnly() throws IOException {
        Path archive = made();
        assertThat(archive).hasBinaryContent(CONTENT);
        assertThat(new ArchiveStore(directory, "jvm-and-other-jars").find()).isEmpty();
    }

    @Test
    void oneThatWasCutOffOrWrittenOverIsNotFoundAndMakesWayForTheNext() throws IOException {
        Path cut = made();
        Files.write(cut, new byte[50_000]);
        assertThat(files.find()).isEmpty();

        byte[] other = CONTENT.clone();
        other[0]++;
        files.keep(Files.write(files.unfinished(), other));
        Path overwritten = files.find().orElseThrow();
        assertThat(cut).doesNotExist();
        Files.write(overwritten, "garbage".getBytes(), StandardOpenOption.WRITE);
        assertThat(files.find()).isEmpty();
    }

    @Test
    void onlyThoseUsedLastAreKept() throws IOException {
        for (int age = 20; age > 0; age--) {
            ArchiveStore others = new ArchiveStore(directory, "jars-" + age);
            others.keep(Files.write(others.unfinished(), CONTENT));
            Files.setLastModifiedTime(
                    others.find().orElseThrow(), FileTime.from(Instant.now().minusSeconds(age)));
        }

        Path made = made();

        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all.toList())
                    .hasSize(8)
                    .contains(made)
                    .allSatisfy(archive -> assertThat(archive.toString()).matches(".*-jars-.*"));
        }
        assertThat(new ArchiveStore(directory, "jars-8").find()).isEmpty();
        assertThat(new ArchiveStore(directory, "jars-7").find()).isPresent();
    }

    @Test
    void whatNobodyUsesOrFinishesIsRemovedInTheEnd() throws IOException {
        Path used = made();
        Path forgotten = new ArchiveStore(directory, "old").unfinished();
        Files.write(forgotten, CONTENT);
        new ArchiveStore(directory, "old").keep(forgotten);
        Path old = new ArchiveStore(directory, "old").find().orElseThrow();
        Path abandoned = Files.write(files.unfinished(), CONTENT);
        Path beingMade = Files.write(files.unfinished(), CONTENT);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));

        Path next = Files.write(new ArchiveStore(directory, "next").unfinished(), CONTENT);
        new ArchiveStore(directory, "next").keep(next);

        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left)
                    .containsExactlyInAnyOrder(
                            used,
                            beingMade,
                            new ArchiveStore(directory, "next").find().orElseThrow());
        }
    }

    private Path made() throws IOException {
        files.keep(Files.write(files.unfinished(), CONTENT));
        return files.find().orElseThrow();
    }
}
