package dev.pipelinebox.internal.launch.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.internal.launch.code.CodeEntries;
import dev.pipelinebox.internal.launch.code.Sha256;
import dev.pipelinebox.internal.launch.code.manifest.CodeBlob;
import dev.pipelinebox.internal.launch.code.manifest.CodeManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {

    private static final int SMALL = 1000;
    private static final int LARGE = 3 << 20;
    private static final int THREADS = 8;

    @TempDir
    private Path folder;

    private BlobStore store;

    /** Something to be stored. */
    private record Content(Path file, byte[] bytes, CodeBlob blob) {

        String digest() {
            return blob.sha256();
        }
    }

    @BeforeEach
    void open() throws IOException {
        store = store(BlobStore.DEFAULT_LIMIT);
    }

    private BlobStore store(long limit) throws IOException {
        return BlobStore.open(folder.resolve("cache"), limit);
    }

    @Test
    void whatIsReceivedIsFoundByItsDigest() throws Exception {
        Content a = content("a.jar", LARGE);
        assertThat(store.find(a.digest())).isEmpty();

        Path found = received(a);

        assertThat(found).hasBinaryContent(a.bytes()).hasFileName(a.digest());
        assertThat(store(1).find(a.digest())).contains(found);
        assertThat(partials()).isEmpty();
    }

    @Test
    void piecesThatComeTwiceOrOverlapDoNoHarmAndGapsAreRefused() throws Exception {
        Content a = content("a.jar", SMALL);
        BlobWriter writer = store.receive(a.digest(), SMALL);

        assertThat(writer.write(100, piece(a, 100, 200))).isZero();
        assertThat(writer.write(0, piece(a, 0, 300))).isEqualTo(300);
        assertThat(writer.write(100, piece(a, 100, 300))).isEqualTo(300);
        assertThat(writer.write(200, piece(a, 200, 400))).isEqualTo(400);
        assertThat(writer.write(401, piece(a, 401, SMALL))).isEqualTo(400);
        assertThat(writer.isComplete()).isFalse();
        assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
        assertThat(writer.write(0, a.bytes())).isEqualTo(SMALL);

        assertThat(writer.finish()).isTrue();
        assertThat(store.find(a.digest()))
                .hasValueSatisfying(file -> assertThat(file).hasBinaryContent(a.bytes()));
    }

    @Test
    void otherBytesThanTheDigestSaysAreNotKept() throws Exception {
        Content a = content("a.jar", SMALL);
        BlobWriter writer = store.receive(a.digest(), SMALL);
        writer.write(0, new byte[SMALL]);

        assertThat(writer.finish()).isFalse();
        assertThat(store.find(a.digest())).isEmpty();
        assertThat(partials()).isEmpty();
    }

    @Test
    void aPieceOutsideOfTheBlobIsAnErrorAndNothingIsKept() throws Exception {
        Content a = content("a.jar", SMALL);
        BlobWriter writer = store.receive(a.digest(), SMALL);
        writer.write(0, piece(a, 0, 500));

        assertThatThrownBy(() -> writer.write(900, new byte[101]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outside of the 1000 bytes");
        writer.close();
        assertThat(partials()).isEmpty();
    }

    @Test
    void whatIsNoDigestIsNoName() {
        assertThatThrownBy(() -> store.find("../../x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.receive("../../x", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAttemptGoesOnWhereTheLastOneEnded() throws Exception {
        Content a = content("a.jar", LARGE);
        try (BlobWriter first = store.receive(a.digest(), LARGE)) {
            BlobProgram.write(first, a.bytes(), LARGE / 2);
            assertThat(store.partial(a.digest(), LARGE))
                    .as("while it is written")
                    .isZero();
        }
        BlobStore later = store(BlobStore.DEFAULT_LIMIT);
        assertThat(later.partial(a.digest(), LARGE)).isEqualTo(LARGE / 2);

        try (BlobWriter second = later.receive(a.digest(), LARGE)) {
            assertThat(second.position()).isEqualTo(LARGE / 2);
            BlobProgram.write(second, a.bytes(), LARGE);
            assertThat(second.finish()).isTrue();
        }
        assertThat(partials()).isEmpty();
    }

    @Test
    void anAttemptThatHasNothingLeavesNothing() throws Exception {
        store.receive(content("a.jar", SMALL).digest(), SMALL).close();

        assertThat(partials()).isEmpty();
    }

    @Test
    void aKilledProgramLeavesWhatItHasAndItsPinEndsWithIt() throws Exception {
        Content pinned = content("pinned.jar", SMALL);
        Content half = content("half.jar", LARGE);
        received(pinned);
        try (BlobProgram other = BlobProgram.start(folder.resolve("cache"))) {
            other.tell("pin", pinned.file());
            assertThat(other.answer()).isEqualTo("pin");
            other.tell("half", half.file());
            assertThat(other.answer()).isEqualTo("half");

            assertThat(store.partial(half.digest(), LARGE)).as("while it lives").isZero();
            assertThatThrownBy(() -> store(LARGE + SMALL).receive(half.digest(), LARGE))
                    .isInstanceOf(IOException.class);
            assertThat(store.find(pinned.digest())).isPresent();
            other.kill();
        }

        assertThat(store.partial(half.digest(), LARGE)).isEqualTo(LARGE / 2);
        try (BlobWriter writer = store(LARGE).receive(half.digest(), LARGE)) {
            assertThat(writer.position()).isEqualTo(LARGE / 2);
            assertThat(store.find(pinned.digest())).isEmpty();
            BlobProgram.write(writer, half.bytes(), LARGE);
            assertThat(writer.finish()).isTrue();
        }
        assertThat(files("pins")).isEmpty();
    }

    @Test
    void programsAndThreadsThatReceiveTheSameGetTheSame() throws Exception {
        Content a = content("a.jar", LARGE);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (BlobProgram first = BlobProgram.start(folder.resolve("cache"));
                BlobProgram second = BlobProgram.start(folder.resolve("cache"))) {
            first.tell("receive", a.file());
            second.tell("receive", a.file());
            List<Callable<Path>> all = new ArrayList<>();
            IntStream.range(0, THREADS).forEach(thread -> all.add(() -> received(a)));

            for (Future<Path> one : threads.invokeAll(all)) {
                assertThat(one.get()).hasBinaryContent(a.bytes());
            }
            assertThat(first.answer()).isEqualTo("receive true");
            assertThat(second.answer()).isEqualTo("receive true");
        } finally {
            threads.shutdownNow();
        }
        assertThat(files("complete")).containsExactly(a.digest());
        assertThat(partials()).isEmpty();
    }

    @Test
    void aDamagedBlobIsRemovedAlsoByAProgramThatHasReadItBefore() throws Exception {
        Content a = content("a.jar", SMALL);
        Path file = received(a);
        file.toFile().setWritable(true);
        byte[] damaged = a.bytes().clone();
        damaged[SMALL / 2]++;
        Files.write(file, damaged);

        assertThat(store.find(a.digest())).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(received(a)).hasBinaryContent(a.bytes());
    }

    @Test
    void damageThatCannotBeSeenIsFoundByTheNextProgram() throws Exception {
        Content a = content("a.jar", SMALL);
        Path file = received(a);
        FileTime time = Files.getLastModifiedTime(file);
        file.toFile().setWritable(true);
        Files.write(file, new byte[SMALL]);
        Files.setLastModifiedTime(file, time);

        assertThat(store(SMALL).find(a.digest())).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatWasNotUsedForTheLongestTimeMakesRoom() throws Exception {
        Content a = content("a.jar", SMALL);
        Content b = content("b.jar", SMALL);
        Content c = content("c.jar", SMALL);
        store = store(2 * SMALL);
        received(a);
        received(b);
        used(a, 1);
        used(b, 2);
        store.find(a.digest());

        received(c);

        assertThat(files("complete")).containsExactlyInAnyOrder(a.digest(), c.digest());
        assertThat(files("used")).containsExactlyInAnyOrder(a.digest(), c.digest());
    }

    @Test
    void whatIsPinnedIsNeverRemoved() throws Exception {
        Content a = content("a.jar", SMALL);
        Content b = content("b.jar", SMALL);
        Content c = content("c.jar", SMALL);
        store = store(2 * SMALL);
        received(a);
        received(b);
        used(a, 1);
        used(b, 2);
        try (BlobPin pin = store.pin(List.of(a.digest()))) {
            received(c);
            assertThat(files("complete")).containsExactlyInAnyOrder(a.digest(), c.digest());
            try (BlobPin another = store(1).pin(List.of(a.digest(), c.digest()))) {
                assertThatThrownBy(() -> received(b))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("no room for 1000 bytes in " + folder.resolve("cache/blobs"))
                        .hasMessageContaining("its limit is 2000 bytes, and 2000 bytes")
                        .hasMessageContaining("raise the limit");
            }
        }
        received(b);
        assertThat(files("pins")).isEmpty();
        assertThat(partials()).isEmpty();
    }

    @Test
    void whatIsPinnedBeforeItComesStays() throws Exception {
        Content a = content("a.jar", SMALL);
        Content b = content("b.jar", SMALL);
        store = store(SMALL);
        try (BlobPin pin = store.pin(List.of(a.digest()))) {
            received(a);

            assertThatThrownBy(() -> received(b)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsNotCompleteCountsAndIsRemovedWhenNobodyWritesIt() throws Exception {
        Content a = content("a.jar", SMALL);
        Content b = content("b.jar", SMALL);
        store = store(SMALL + SMALL / 2);
        BlobWriter half = store.receive(a.digest(), SMALL);
        BlobProgram.write(half, a.bytes(), SMALL / 2);

        assertThatThrownBy(() -> received(b)).isInstanceOf(IOException.class);
        half.close();
        received(b);

        assertThat(partials()).as("there was room for a half").hasSize(1);
        received(content("c.jar", SMALL + SMALL / 2));
        assertThat(partials()).isEmpty();
    }

    @Test
    void aClassPathHasItsOrderItsNamesAndAlwaysTheSamePaths() throws Exception {
        Content core = content("pipelinebox-core-1.0.jar", SMALL);
        Content a = content("a.jar", SMALL);
        Content b = content("b.jar", SMALL);
        Stream.of(core, a, b).forEach(this::receivedUnchecked);

        CodeEntries linked = store.link(manifest(List.of(core), b, a));
        CodeEntries again = store(SMALL).link(manifest(List.of(core), b, a));
        CodeEntries other = store.link(manifest(List.of(core), a, b));

        assertThat(linked.library())
                .singleElement()
                .satisfies(jar -> assertThat(CodeEntries.isCore(jar)).isTrue());
        assertThat(linked.rest())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("b.jar", "a.jar");
        assertThat(linked.rest().get(0)).hasBinaryContent(b.bytes());
        assertThat(again).isEqualTo(linked);
        assertThat(other.library()).as("for the class-data archive").isEqualTo(linked.library());
        assertThat(other.rest()).doesNotContainAnyElementsOf(linked.rest());
    }

    @Test
    void aJarThatIsFetchedAgainHasItsPathAndTime() throws Exception {
        Content a = content("a.jar", SMALL);
        received(a);
        Path linked = store.link(manifest(List.of(), a)).rest().get(0);
        FileTime time = Files.getLastModifiedTime(linked);
        linked.toFile().setWritable(true);
        Files.write(linked, new byte[SMALL]);
        assertThatThrownBy(() -> store.link(manifest(List.of(), a)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.jar")
                .hasMessageContaining("received first");

        received(a);

        assertThat(store.link(manifest(List.of(), a)).rest()).containsExactly(linked);
        assertThat(linked).hasBinaryContent(a.bytes());
        assertThat(Files.getLastModifiedTime(linked)).isEqualTo(time);
    }

    @Test
    void classPathsGoWithTheirBlobsUnlessTheyArePinned() throws Exception {
        Content a = content("a.jar", SMALL);
        Content b = content("b.jar", SMALL);
        store = store(2 * SMALL);
        received(a);
        received(b);
        used(a, 1);
        used(b, 2);
        Path ofBoth = store.link(manifest(List.of(), a, b)).rest().get(1);
        Path ofB = store.link(manifest(List.of(), b)).rest().get(0);

        try (BlobPin pin = store.pin(List.of(b.digest()))) {
            received(content("c.jar", SMALL));
            assertThat(ofBoth).doesNotExist();
            assertThat(ofB).exists();
        }
    }

    @Test
    void aCacheThatWasEmptiedIsFilledAgain() throws Exception {
        Content a = content("a.jar", SMALL);
        received(a);
        try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
            for (Path file : all.sorted((x, y) -> y.compareTo(x)).toList()) {
                Files.delete(file);
            }
        }

        assertThat(store.find(a.digest())).isEmpty();
        assertThat(received(a)).hasBinaryContent(a.bytes());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void onlyItsUserCanEnterItAndNoBlobIsWritten() throws Exception {
        Path blob = received(content("a.jar", SMALL));

        assertThat(permissions(folder.resolve("cache/blobs"))).isEqualTo("rwx------");
        assertThat(permissions(blob.getParent())).isEqualTo("rwx------");
        assertThat(permissions(blob)).isEqualTo("r--------");
        Files.setPosixFilePermissions(folder.resolve("cache/blobs"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> store(SMALL)).isInstanceOf(IOException.class).hasMessageContaining("chmod");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private Path received(Content content) throws IOException {
        try (BlobWriter writer = store.receive(content.digest(), content.bytes().length)) {
            BlobProgram.write(writer, content.bytes(), content.bytes().length);
            assertThat(writer.finish()).isTrue();
        }
        return store.find(content.digest()).orElseThrow();
    }

    private void receivedUnchecked(Content content) {
        try {
            received(content);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static CodeManifest manifest(List<Content> library, Content... rest) {
        return new CodeManifest(
                library.stream().map(Content::blob).toList(),
                Stream.of(rest).map(Content::blob).toList(),
                17);
    }

    /** Each name has bytes of its own. */
    private Content content(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(name.hashCode()).nextBytes(bytes);
        Path file = Files.write(folder.resolve(name), bytes);
        return new Content(file, bytes, new CodeBlob(Sha256.of(file), size, name));
    }

    private static byte[] piece(Content content, int begin, int end) {
        return Arrays.copyOfRange(content.bytes(), begin, end);
    }

    private void used(Content content, int second) throws IOException {
        Files.setLastModifiedTime(
                folder.resolve("cache/blobs/used").resolve(content.digest()),
                FileTime.from(Instant.ofEpochSecond(second)));
    }

    private List<String> partials() throws IOException {
        return files("partial");
    }

    private List<String> files(String directory) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache/blobs").resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
