package dev.pipelinebox.internal.link.transfer;

import static dev.pipelinebox.internal.link.transfer.FramePacker.SHARED_BYTES;
import static dev.pipelinebox.internal.link.transfer.FramePacker.SHARED_FROM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.link.ReliableDelivery;
import dev.pipelinebox.internal.link.message.MasterFrame;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerFrame;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large payloads through a file, as they go through the window of a link. */
class SharedRingTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path folder;

    private Path ring;
    private PayloadTransfer sender;
    private PayloadTransfer receiver;
    private final ReliableDelivery<MasterToWorker, MasterFrame> out = new ReliableDelivery<>(MasterFrame::new);
    private final ReliableDelivery<WorkerToMaster, WorkerFrame> back = new ReliableDelivery<>(WorkerFrame::new);
    private final List<MasterFrame> frames = new ArrayList<>();
    private final List<TaskEnvelope> arrived = new ArrayList<>();
    private final Random random = new Random(1);

    @BeforeEach
    void openBothEnds() {
        ring = folder.resolve("ring");
        sender = new PayloadTransfer(new RingWriter(Optional.of(ring)), new RingReader(Optional.empty()), false);
        receiver = new PayloadTransfer(new RingWriter(Optional.empty()), new RingReader(Optional.of(ring)), false);
    }

    @AfterEach
    void closeBothEnds() throws IOException {
        sender.close();
        receiver.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                SHARED_FROM,
                SHARED_FROM + 1,
                SHARED_BYTES - 1,
                SHARED_BYTES,
                SHARED_BYTES + 1,
                SharedRing.BYTES - 1,
                SharedRing.BYTES,
                SharedRing.BYTES + 1,
                (20 << 20) + 7
            })
    void aLargePayloadComesTogetherAgainAndOnlyItsPlaceGoesOverTheWire(int bytes) {
        TaskEnvelope task = task(1, bytes);

        send(List.of(task));

        assertThat(arrived).hasSize(1);
        assertThat(arrived.get(0).payload()).isEqualTo(task.payload());
        assertThat(frames).noneMatch(frame -> frame.body() instanceof MasterToWorker.ArgumentPart);
        assertThat(frames).anyMatch(frame -> frame.body() instanceof MasterToWorker.SharedArguments);
    }

    @Test
    void aSmallPayloadNeedsNoRing() {
        send(List.of(task(1, SHARED_FROM - 1)));

        assertThat(arrived).hasSize(1);
        assertThat(ring).doesNotExist();
    }

    @Test
    void payloadsOfSomeSizeShareAMessage() {
        List<TaskEnvelope> tasks = Stream.iterate(1L, id -> id <= 8, id -> id + 1)
                .map(id -> task(id, 64 << 10))
                .toList();

        send(tasks);

        assertThat(frames).hasSize(2);
    }

    @Test
    void manyPayloadsGoRoundAndRoundInTheirOrderAndNoneIsWrittenOverEvenIfFramesAreLost() {
        for (int batch = 0; batch < 40; batch++) {
            List<TaskEnvelope> tasks = new ArrayList<>();
            for (long id = 1; id <= random.nextInt(6) + 1; id++) {
                int bytes = random.nextBoolean() ? random.nextInt(2 * SHARED_FROM) : random.nextInt(3 << 20);
                tasks.add(task(100L * batch + id, bytes));
            }
            arrived.clear();

            sendWithLosses(tasks);

            assertThat(arrived).hasSameSizeAs(tasks);
            for (int i = 0; i < tasks.size(); i++) {
                assertThat(arrived.get(i).taskId()).isEqualTo(tasks.get(i).taskId());
                assertThat(arrived.get(i).payload()).isEqualTo(tasks.get(i).payload());
            }
        }
    }

    @Test
    void theRingHasAllItsBytesFromTheBeginningAndNeverMore() throws IOException {
        send(List.of(task(1, SHARED_FROM)));
        assertThat(Files.size(ring)).isEqualTo(SharedRing.BYTES);
        send(List.of(task(2, 20 << 20)));
        assertThat(Files.size(ring)).isEqualTo(SharedRing.BYTES);
    }

    @Test
    void whereThereIsNoFolderPayloadsGoOverTheWire() {
        sender = new PayloadTransfer(
                new RingWriter(Optional.of(folder.resolve("gone/ring"))), new RingReader(Optional.empty()), false);
        TaskEnvelope task = task(1, SharedRing.BYTES + 1);

        send(List.of(task));

        assertThat(arrived.get(0).payload()).isEqualTo(task.payload());
        assertThat(frames).noneMatch(frame -> frame.body() instanceof MasterToWorker.SharedArguments);
    }

    @Test
    void wherePayloadsFindNoRoomTheyGoOverTheWireAndNothingIsLeft() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "a device that is always full");
        Files.createSymbolicLink(ring, full);
        TaskEnvelope task = task(1, SharedRing.BYTES + 1);

        send(List.of(task));

        assertThat(arrived.get(0).payload()).isEqualTo(task.payload());
        assertThat(ring).doesNotExist();
    }

    @Test
    void aReaderThatHasOpenedTheRingCanReadItAlthoughItWasRemoved() throws IOException {
        send(List.of(task(1, SHARED_FROM)));
        Files.delete(ring);
        TaskEnvelope task = task(2, SharedRing.BYTES + 1);

        send(List.of(task));

        assertThat(arrived.get(1).payload()).isEqualTo(task.payload());
    }

    @Test
    void aPayloadThatCannotBeReadIsToldWhenItsEnvelopeComes() {
        receiver = new PayloadTransfer(
                new RingWriter(Optional.empty()), new RingReader(Optional.of(folder.resolve("other"))), false);

        assertThatThrownBy(() -> send(List.of(task(1, SHARED_FROM))))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("could not be read from shared memory")
                .hasMessageContaining("pipelinebox.payload.shared-memory.enabled");
    }

    private void send(List<TaskEnvelope> tasks) {
        exchange(tasks, 0);
    }

    private void sendWithLosses(List<TaskEnvelope> tasks) {
        exchange(tasks, 20);
    }

    /** Goes on, with the clock put forward when nothing comes any more, until all has arrived and the sender knows. */
    private void exchange(List<TaskEnvelope> tasks, int lossPercent) {
        sender.pack(tasks, PayloadTransferTest.ARGUMENTS).forEach(sized -> out.offer(sized.message(), sized.bytes()));
        long now = 0;
        Deque<MasterFrame> underWay = new ArrayDeque<>(out.toSend(now));
        while (!out.isIdle()) {
            List<WorkerFrame> answers = new ArrayList<>();
            while (!underWay.isEmpty()) {
                MasterFrame frame = underWay.removeFirst();
                if (random.nextInt(100) >= lossPercent) {
                    arrive(frame, now);
                    answers.addAll(back.toSend(now));
                }
            }
            now += SECOND;
            answers.addAll(back.onTick(now));
            for (WorkerFrame answer : answers) {
                if (random.nextInt(100) >= lossPercent) {
                    out.receive(answer.seq(), answer.ack(), now);
                    underWay.addAll(out.toSend(now));
                }
            }
            underWay.addAll(out.onTick(now));
        }
    }

    private void arrive(MasterFrame frame, long now) {
        if (!back.receive(frame.seq(), frame.ack(), now)) {
            return;
        }
        frames.add(frame);
        if (frame.body() instanceof MasterToWorker.Tasks batch) {
            batch.batch().forEach(task -> arrived.add(receiver.complete(task)));
        } else if (frame.body() instanceof MasterToWorker.ArgumentPart part) {
            receiver.add(part.taskId(), part.total(), part.bytes());
        } else if (frame.body() instanceof MasterToWorker.SharedArguments arguments) {
            back.took(receiver.add(arguments.pieces()));
        }
    }

    private TaskEnvelope task(long id, int bytes) {
        byte[] payload = new byte[bytes];
        random.nextBytes(payload);
        return new TaskEnvelope(id, 1, payload);
    }
}
