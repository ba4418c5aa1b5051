package dev.pipelinebox.internal.launch.blob.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.pipelinebox.internal.launch.blob.BlobStore;
import dev.pipelinebox.internal.launch.blob.BlobWriter;
import dev.pipelinebox.internal.launch.code.CodeEntries;
import dev.pipelinebox.internal.launch.code.manifest.CodeBlob;
import dev.pipelinebox.internal.launch.code.manifest.LocalCode;
import dev.pipelinebox.internal.launch.code.manifest.ManifestMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides, with files on both, and what is said between them told by the test. */
class BlobTransferTest {

    private static final int SMALL = 1000;
    private static final int LARGE = 9 << 20;

    @TempDir
    private Path folder;

    private LocalCode code;
    private ManifestMaker maker;
    private BlobStore store;

    @BeforeEach
    void make() throws IOException {
        maker = new ManifestMaker(folder);
        store = BlobStore.open(folder.resolve("cache"), BlobStore.DEFAULT_LIMIT);
        code = code(file("a.jar", SMALL), file("large.jar", LARGE), file("empty.jar", 0), file("b.jar", SMALL));
    }

    @AfterEach
    void close() {
        maker.close();
    }

    @Test
    void allThatIsLackingIsSentOnceAndCanBeUsed() throws Exception {
        BlobSender sender = sender();
        BlobReceiver receiver = receiver();

        run(sender, receiver, piece -> List.of(piece));

        assertThat(sender.isComplete()).isTrue();
        assertThat(receiver.isComplete()).isTrue();
        assertThat(sender.sentBytes()).isEqualTo(code.manifest().size());
        assertThat(store.link(code.manifest()).rest())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("a.jar", "large.jar", "empty.jar", "b.jar");
    }

    @Test
    void nothingIsSentThatIsThere() throws Exception {
        run(sender(), receiver(), piece -> List.of(piece));
        BlobSender sender = sender();
        BlobReceiver receiver = receiver();

        run(sender, receiver, piece -> List.of(piece));

        assertThat(sender.isComplete()).isTrue();
        assertThat(sender.sentBytes()).isZero();
    }

    @Test
    void whatAnEarlierAttemptHasWrittenIsNotSentAgain() throws Exception {
        CodeBlob large = blob("large.jar");
        try (BlobWriter earlier = store.receive(large.sha256(), LARGE)) {
            earlier.write(0, code.read(large.sha256(), 0, LARGE / 3));
        }
        BlobSender sender = sender();

        run(sender, receiver(), piece -> List.of(piece));

        assertThat(sender.isComplete()).isTrue();
        assertThat(sender.sentBytes()).isEqualTo(code.manifest().size() - LARGE / 3);
    }

    @Test
    void anAttemptThatHadAllBytesNeedsNothing() throws Exception {
        CodeBlob large = blob("large.jar");
        try (BlobWriter earlier = store.receive(large.sha256(), LARGE)) {
            earlier.write(0, code.read(large.sha256(), 0, LARGE));
        }
        BlobSender sender = sender();

        run(sender, receiver(), piece -> List.of(piece));

        assertThat(sender.sentBytes()).isEqualTo(2 * SMALL);
        assertThat(store.find(large.sha256())).isPresent();
    }

    @Test
    void noMoreIsSentThanTheWindowHasRoomFor() throws Exception {
        BlobSender sender = sender();
        BlobReceiver receiver = receiver();

        List<FromBlobSender> first = sender.on(receiver.start().get(0));

        assertThat(first)
                .allSatisfy(piece ->
                        assertThat(((BlobPiece) piece).bytes()).hasSizeLessThanOrEqualTo(BlobSender.PIECE_BYTES));
        assertThat(bytes(first))
                .isGreaterThan(BlobSender.WINDOW_BYTES - BlobSender.PIECE_BYTES)
                .isLessThanOrEqualTo(BlobSender.WINDOW_BYTES);
        FromBlobReceiver acknowledged = receiver.on(first.get(0)).get(0);
        assertThat(bytes(sender.on(acknowledged))).isLessThanOrEqualTo(BlobSender.PIECE_BYTES);
        assertThat(sender.on(acknowledged)).as("the same again").isEmpty();
        receiver.close();
    }

    private static long bytes(List<FromBlobSender> pieces) {
        return pieces.stream()
                .mapToLong(piece -> ((BlobPiece) piece).bytes().length)
                .sum();
    }

    @Test
    void piecesThatAreLostOrComeTwiceAreMadeGood() throws Exception {
        Random chance = new Random(17);
        BlobSender sender = sender();

        run(sender, receiver(), piece -> switch (chance.nextInt(5)) {
            case 0 -> List.of();
            case 1 -> List.of(piece, piece);
            default -> List.of(piece);
        });

        assertThat(sender.isComplete()).isTrue();
        assertThatNoException().isThrownBy(() -> store.link(code.manifest()));
    }

    @Test
    void aGapIsToldOnceAndNotForEachPieceBehindIt() throws Exception {
        BlobSender sender = sender();
        BlobReceiver receiver = receiver();
        List<FromBlobSender> pieces = new ArrayList<>(sender.on(receiver.start().get(0)));
        pieces.remove(3);

        List<FromBlobReceiver> answers =
                pieces.stream().flatMap(piece -> receiver.on(piece).stream()).toList();

        assertThat(answers).filteredOn(BlobsLacking.class::isInstance).hasSize(1);
        receiver.close();
    }

    @Test
    void aBlobThatComesDamagedIsAskedForAgain() throws Exception {
        int[] damages = {2};
        BlobSender sender = sender();

        run(sender, receiver(), piece -> List.of(isOf("a.jar", piece) && damages[0]-- > 0 ? damaged(piece) : piece));

        assertThat(sender.isComplete()).isTrue();
        assertThatNoException().isThrownBy(() -> store.link(code.manifest()));
    }

    @Test
    void aBlobThatComesDamagedThreeTimesIsAFailureWithAReason() throws Exception {
        BlobSender sender = sender();
        BlobReceiver receiver = receiver();

        run(sender, receiver, piece -> List.of(isOf("a.jar", piece) ? damaged(piece) : piece));

        assertThat(receiver.failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("a.jar came 3 times with other bytes"));
        assertThat(sender.failure()).isEqualTo(receiver.failure());
        assertThat(receiver.isComplete()).isFalse();
        assertThat(receiver.repeat())
                .containsExactly(new BlobsRefused(receiver.failure().orElseThrow()));
    }

    @Test
    void aJarThatIsBuiltAgainWhileItIsSentIsAFailureOnBothSides() throws Exception {
        BlobSender sender = sender();
        BlobReceiver receiver = receiver();
        Files.write(folder.resolve("large.jar"), new byte[LARGE]);

        run(sender, receiver, piece -> List.of(piece));

        assertThat(sender.failure())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("large.jar has changed since the program started"));
        assertThat(receiver.failure()).isEqualTo(sender.failure());
    }

    @Test
    void aStoreThatIsTooSmallRefusesWithAReason() throws Exception {
        store = BlobStore.open(folder.resolve("cache"), LARGE / 2);
        BlobSender sender = sender();

        run(sender, receiver(), piece -> List.of(piece));

        assertThat(sender.failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no room for " + LARGE + " bytes"));
    }

    @Test
    void whatIsNotInTheManifestIsNeitherSentNorTaken() throws Exception {
        String stranger = "0".repeat(64);
        BlobReceiver receiver = receiver();
        receiver.start();

        assertThat(receiver.on(new BlobPiece(stranger, 0, new byte[1]))).isEmpty();
        for (BlobsLacking.Blob wrong : List.of(
                new BlobsLacking.Blob(stranger, 0),
                new BlobsLacking.Blob(blob("a.jar").sha256(), SMALL + 1),
                new BlobsLacking.Blob(blob("a.jar").sha256(), -1))) {
            BlobSender sender = sender();
            assertThat(sender.on(new BlobsLacking(List.of(wrong))))
                    .singleElement()
                    .isInstanceOf(BlobsUnreadable.class);
            assertThat(sender.failure()).isPresent();
        }
        receiver.close();
    }

    /** Until both have nothing more to say, also when the receiver repeats itself. */
    private static void run(
            BlobSender sender, BlobReceiver receiver, Function<BlobPiece, List<FromBlobSender>> network) {
        Queue<FromBlobReceiver> said = new ArrayDeque<>(receiver.start());
        while (!sender.isComplete() && sender.failure().isEmpty()) {
            if (said.isEmpty()) {
                said.addAll(receiver.repeat());
            }
            for (FromBlobSender message : sender.on(said.remove())) {
                List<FromBlobSender> arrived =
                        message instanceof BlobPiece piece ? network.apply(piece) : List.of(message);
                arrived.forEach(one -> said.addAll(receiver.on(one)));
            }
        }
        receiver.close();
    }

    private static BlobPiece damaged(BlobPiece piece) {
        byte[] bytes = piece.bytes().clone();
        bytes[0]++;
        return new BlobPiece(piece.sha256(), piece.offset(), bytes);
    }

    private boolean isOf(String name, BlobPiece piece) {
        return piece.sha256().equals(blob(name).sha256());
    }

    private CodeBlob blob(String name) {
        return code.manifest().entries().stream()
                .filter(blob -> blob.fileName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private BlobSender sender() {
        return new BlobSender(code.manifest(), code::read);
    }

    private BlobReceiver receiver() {
        return new BlobReceiver(store, code.manifest());
    }

    private LocalCode code(Path... jars) throws IOException {
        return maker.make(new CodeEntries(List.of(), Stream.of(jars).toList()), BlobTransferTest.class);
    }

    private Path file(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(name.hashCode()).nextBytes(bytes);
        return Files.write(folder.resolve(name), bytes);
    }
}
