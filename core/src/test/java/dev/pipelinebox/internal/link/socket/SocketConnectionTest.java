package dev.pipelinebox.internal.link.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection at one end of a socket; at the other end the test writes and reads bytes as it likes. */
class SocketConnectionTest {

    private static final int LONGEST_FRAME = 1 << 20;

    @TempDir
    private Path directory;

    private final Recorder received = new Recorder();
    private SocketLoop loop;
    private SocketChannel other;
    private SocketConnection connection;

    @BeforeEach
    void connect() throws IOException {
        Path path = directory.resolve("s");
        loop = new SocketLoop("test-link");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            other = SocketChannel.open(UnixDomainSocketAddress.of(path));
            SocketChannel accepted = server.accept();
            accepted.configureBlocking(false);
            connection = new SocketConnection(accepted, loop, received);
            loop.execute(connection::open);
        }
        Files.delete(path);
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
        other.close();
    }

    @Test
    void framesAndPayloadsArriveInOrderHoweverTheBytesAreCut() throws IOException {
        Random random = new Random(7);
        List<String> expected = new ArrayList<>();
        ByteBuffer stream = ByteBuffer.allocate(40 << 20);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = bytes(size(random), random);
            if (random.nextInt(4) == 0) {
                stream.put(FrameFormat.payloadHead(i, bytes.length)).put(bytes);
                expected.add("payload " + i + " " + Arrays.hashCode(bytes));
            } else {
                stream.put(frame(bytes));
                expected.add("frame " + Arrays.hashCode(bytes));
            }
        }
        write(stream.flip(), random);
        other.close();

        await().until(() -> received.ends == 1);
        assertThat(received.all()).isEqualTo(expected);
    }

    @Test
    void aPayloadForWhichThereIsNoPlaceIsDiscardedAndWhatFollowsArrives() throws IOException {
        received.hasPlace = false;
        byte[] large = new byte[3 << 20];
        ByteBuffer stream = ByteBuffer.allocate(large.length + 100);
        stream.put(FrameFormat.payloadHead(1, large.length)).put(large).put(frame(new byte[] {1, 2}));

        write(stream.flip(), new Random(1));

        await().until(() -> !received.frames.isEmpty());
        assertThat(received.frames).containsExactly("frame " + Arrays.hashCode(new byte[] {1, 2}));
    }

    @Test
    void aConnectionThatIsCutWithinAFrameEndsOnceAndNothingOfTheFrameArrives() throws IOException {
        ByteBuffer frame = frame(new byte[100_000]);
        other.write(frame.limit(frame.limit() / 2));

        other.close();

        await().until(() -> received.ends == 1);
        connection.close();
        loop.execute(() -> received.frames.add("later"));
        await().until(() -> received.frames.equals(List.of("later")));
        assertThat(received.ends).isEqualTo(1);
    }

    @Test
    void aFrameThatIsLongerThanAllowedEndsTheConnection() throws IOException {
        other.write(ByteBuffer.allocate(4).putInt(LONGEST_FRAME + 1).flip());

        await().until(() -> received.ends == 1);
        assertThat(other.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void whatTheReceiverCannotReadEndsTheConnection() throws IOException {
        received.isBroken = true;
        other.write(frame(new byte[] {1}));

        await().until(() -> received.ends == 1);
    }

    @Test
    void sendingDoesNotWaitForAReaderThatStallsAndAllArrivesWhenItGoesOn() throws IOException {
        List<byte[]> sent = new ArrayList<>();
        Random random = new Random(3);
        long all = 0;
        for (int i = 0; i < 200; i++) {
            byte[] bytes = bytes(i % 3 == 0 ? 100_000 : 100, random);
            sent.add(bytes);
            all += bytes.length + FrameFormat.FRAME_HEAD;
            connection.send(List.of(frame(bytes)));
        }
        long length = all;
        assertThat(connection.unsentBytes()).isGreaterThan(1 << 20).isLessThanOrEqualTo(length);

        ByteBuffer read = ByteBuffer.allocate((int) length);
        while (read.hasRemaining()) {
            other.read(read);
        }

        read.flip();
        for (byte[] bytes : sent) {
            byte[] next = new byte[read.getInt()];
            read.get(next);
            assertThat(next).isEqualTo(bytes);
        }
        await().until(() -> connection.unsentBytes() == 0);
        assertThat(received.written).isPositive();
    }

    @Test
    void anInterruptedThreadCanSendAndTheConnectionLives() throws IOException {
        Thread.currentThread().interrupt();
        connection.send(List.of(frame(new byte[] {1, 2, 3})));
        assertThat(Thread.interrupted()).isTrue();

        ByteBuffer read = ByteBuffer.allocate(7);
        while (read.hasRemaining()) {
            other.read(read);
        }
        other.write(frame(new byte[] {4}));
        await().until(() -> !received.frames.isEmpty());
    }

    @Test
    void whatIsSentAfterTheEndIsForgotten() throws IOException {
        other.close();
        await().until(() -> received.ends == 1);

        connection.send(List.of(frame(new byte[1000])));

        assertThat(connection.unsentBytes()).isZero();
    }

    @Test
    void theEndOfTheLoopIsTheEndOfItsConnections() throws IOException {
        await().until(() -> {
            other.write(frame(new byte[] {1}));
            return !received.frames.isEmpty();
        });

        loop.close();

        await().until(() -> received.ends == 1);
        assertThat(other.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    private static int size(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> 300_000 + random.nextInt(600_000);
            case 1, 2 -> random.nextInt(100_000);
            default -> 1 + random.nextInt(50);
        };
    }

    private static byte[] bytes(int count, Random random) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static ByteBuffer frame(byte[] bytes) {
        return ByteBuffer.allocate(FrameFormat.FRAME_HEAD + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .flip();
    }

    /** In pieces of any size. */
    private void write(ByteBuffer stream, Random random) throws IOException {
        int end = stream.limit();
        while (stream.position() < end) {
            int piece = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 1 + random.nextInt(500_000);
            stream.limit(Math.min(end, stream.position() + piece));
            while (stream.hasRemaining()) {
                other.write(stream);
            }
            stream.limit(end);
        }
    }

    /** Notes payloads with the next frame, since they are filled after their place was asked for. */
    private static final class Recorder implements SocketConnection.Receiver {

        private record Payload(long taskId, byte[] bytes, int before) {}

        private final List<String> frames = new CopyOnWriteArrayList<>();
        private final List<Payload> payloads = new CopyOnWriteArrayList<>();
        private volatile int written;
        private volatile int ends;
        private volatile boolean hasPlace = true;
        private volatile boolean isBroken;

        List<String> all() {
            List<String> all = new ArrayList<>(frames);
            int added = 0;
            for (Payload payload : payloads) {
                all.add(
                        payload.before() + added,
                        "payload " + payload.taskId() + " " + Arrays.hashCode(payload.bytes()));
                added++;
            }
            return all;
        }

        @Override
        public int longestFrame() {
            return LONGEST_FRAME;
        }

        @Override
        public void onFrame(ByteBuffer frame) throws IOException {
            if (isBroken) {
                throw new IOException("no message");
            }
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            frames.add("frame " + Arrays.hashCode(bytes));
        }

        @Override
        public byte @Nullable [] onPayload(long taskId, int length) {
            if (!hasPlace) {
                return null;
            }
            byte[] bytes = new byte[length];
            payloads.add(new Payload(taskId, bytes, frames.size()));
            return bytes;
        }

        @Override
        public void onWritten() {
            written++;
        }

        @Override
        public void onEnd() {
            ends++;
        }
    }
}
