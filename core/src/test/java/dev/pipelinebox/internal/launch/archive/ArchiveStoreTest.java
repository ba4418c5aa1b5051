package dev.pipelinebox.internal.launch.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ArchiveStoreTest {

    private static final byte[] CONTENT = new byte[100_000];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    private Path directory;
    private ArchiveStore files;

    private UserPrincipal user;

    @BeforeEach
    void start(@TempDir Path cache) throws IOException {
        user = Files.getOwner(cache);
        directory = cache.resolve("not").resolve("there yet");
        files = archives("jvm-and-jars");
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

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
    @DisabledOnOs(OS.WINDOWS)
    void noneIsUsedOrMadeWhereOthersCanWriteAndThatIsSaidOnce(String permissions) throws IOException {
        made();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));

        List<String> said = saidWhile(() -> {
            assertThat(files.find()).isEmpty();
            assertThat(files.find()).isEmpty();
        });

        assertThatThrownBy(files::unfinished).isInstanceOf(IOException.class).hasMessageContaining("others");
        assertThat(said).singleElement().asString().contains(directory.toString(), "chmod go-w", "start slower");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void noneIsUsedOrMadeInADirectoryOfAnotherUser() throws IOException {
        made();
        if (isOfRoot()) {
            Files.setAttribute(directory, "unix:uid", 12345);
        }
        String owner = Files.getOwner(directory).getName();
        UserPrincipal another = new AnotherUser();
        files = new ArchiveStore(directory, "jvm-and-jars", another);

        List<String> said = saidWhile(() -> assertThat(files.find()).isEmpty());

        assertThatThrownBy(files::unfinished).isInstanceOf(IOException.class).hasMessageContaining("belongs to");
        assertThat(said).singleElement().asString().contains(owner, another.getName(), "remove it");
    }

    /** As in the image of a container, whose program runs as another user. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void oneThatRootHasMadeIsUsedByAll() throws IOException {
        Path archive = made();
        assumeTrue(isOfRoot(), "only root can make files of root");

        assertThat(new ArchiveStore(directory, "jvm-and-jars", new AnotherUser()).find())
                .contains(archive);
    }

    private boolean isOfRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anArchiveThatOthersCanWriteIsNotUsedUntilTheyCannot() throws IOException {
        Path archive = made();
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-rw----"));

        List<String> said = saidWhile(() -> assertThat(files.find()).isEmpty());

        assertThat(said).singleElement().asString().contains(archive.toString(), "chmod go-w");
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(files.find()).contains(archive);
    }

    @Test
    void whatWasMadeIsFoundForItsPurposeOnly() throws IOException {
        Path archive = made();
        assertThat(archive).hasBinaryContent(CONTENT);
        assertThat(archives("jvm-and-other-jars").find()).isEmpty();
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
    void onlyOneMakesAnArchiveAtATime() throws IOException {
        try (ArchiveLock held = files.tryLock().orElseThrow()) {
            assertThat(archives("jvm-and-jars").tryLock()).isEmpty();
            try (ArchiveLock another = archives("jvm-and-other-jars").tryLock().orElseThrow()) {
                assertThat(another.file()).isNotEqualTo(held.file());
            }
        }

        assertThat(directory).isEmptyDirectory();
        archives("jvm-and-jars").tryLock().orElseThrow().close();
    }

    @Test
    void aFileOfAProgramThatWasKilledLocksNoOtherOut() throws IOException {
        Path file;
        try (ArchiveLock held = files.tryLock().orElseThrow()) {
            file = held.file();
        }
        Files.createFile(file);

        try (ArchiveLock next = files.tryLock().orElseThrow()) {
            assertThat(next.file()).isEqualTo(file);
        }
    }

    @Test
    void onlyThoseUsedLastAreKept() throws IOException {
        for (int age = 20; age > 0; age--) {
            ArchiveStore others = archives("jars-" + age);
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
        assertThat(archives("jars-8").find()).isEmpty();
        assertThat(archives("jars-7").find()).isPresent();
    }

    @Test
    void unusedAndUnfinishedFilesAreRemoved() throws IOException {
        Path used = made();
        Path forgotten = archives("old").unfinished();
        Files.write(forgotten, CONTENT);
        archives("old").keep(forgotten);
        Path old = archives("old").find().orElseThrow();
        Path abandoned = Files.write(files.unfinished(), CONTENT);
        Path beingMade = Files.write(files.unfinished(), CONTENT);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));

        Path next = Files.write(archives("next").unfinished(), CONTENT);
        archives("next").keep(next);

        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left)
                    .containsExactlyInAnyOrder(
                            used, beingMade, archives("next").find().orElseThrow());
        }
    }

    private ArchiveStore archives(String purpose) {
        return new ArchiveStore(directory, purpose, user);
    }

    private static List<String> saidWhile(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(ArchiveStore.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            action.run();
        } finally {
            logger.detachAppender(log);
        }
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private Path made() throws IOException {
        files.keep(Files.write(files.unfinished(), CONTENT));
        return files.find().orElseThrow();
    }

    private record AnotherUser() implements UserPrincipal {

        @Override
        public String getName() {
            return "somebody else";
        }
    }
}
