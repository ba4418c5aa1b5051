package dev.pipelinebox.internal.link.transfer;

import static dev.pipelinebox.internal.link.transfer.OutboundPayloads.SHARED_BYTES;
import static dev.pipelinebox.internal.link.transfer.OutboundPayloads.SHARED_FROM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.link.artery.LossyWire;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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

    @TempDir
    private Path folder;

    private Path ring;
    private OutboundPayloads<MasterToWorker, TaskEnvelope> sender;
    private InboundPayloads<TaskEnvelope> receiver;
    private final LossyWire wire = new LossyWire();
    private final List<MasterToWorker> messages = new ArrayList<>();
    private final List<TaskEnvelope> arrived = new ArrayList<>();
    private final Random random = new Random(1);

    @BeforeEach
    void openBothEnds() {
        ring = folder.resolve("ring");
        sender = OutboundPayloads.arguments(Optional.of(ring));
        receiver = new InboundPayloads<>(Optional.of(ring), false);
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
    void aLargePayloadComesTogetherAgainAndOnlyItsPositionGoesOverTheWire(int bytes) {
        TaskEnvelope task = task(1, bytes);

        send(List.of(task));

        assertThat(arrived).hasSize(1);
        assertThat(arrived.get(0).payload()).isEqualTo(task.payload());
        assertThat(messages).noneMatch(message -> message instanceof MasterToWorker.ArgumentPart);
        assertThat(messages).anyMatch(message -> message instanceof MasterToWorker.SharedArguments);
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

        assertThat(messages).hasSize(2);
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
        sender = OutboundPayloads.arguments(Optional.of(folder.resolve("gone/ring")));
        TaskEnvelope task = task(1, SharedRing.BYTES + 1);

        send(List.of(task));

        assertThat(arrived.get(0).payload()).isEqualTo(task.payload());
        assertThat(messages).noneMatch(message -> message instanceof MasterToWorker.SharedArguments);
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
    void aPayloadThatCannotBeReadFailsWhenItsEnvelopeComes() {
        receiver = new InboundPayloads<>(Optional.of(folder.resolve("other")), false);

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

    private void exchange(List<TaskEnvelope> tasks, int lossPercent) {
        sender.pack(new MasterToWorker.Tasks(tasks), wire::offer);
        wire.exchange(lossPercent, this::arrive);
    }

    /** Returns how many bytes came through the ring. */
    private int arrive(MasterToWorker message) {
        messages.add(message);
        if (message instanceof MasterToWorker.Tasks batch) {
            arrived.addAll(receiver.complete(batch.batch(), (task, why) -> {
                throw why;
            }));
        } else if (message instanceof MasterToWorker.ArgumentPart part) {
            receiver.add(part.taskId(), part.total(), part.bytes());
        } else if (message instanceof MasterToWorker.SharedArguments arguments) {
            return receiver.add(arguments.pieces());
        }
        return 0;
    }

    private TaskEnvelope task(long id, int bytes) {
        byte[] payload = new byte[bytes];
        random.nextBytes(payload);
        return new TaskEnvelope(id, 1, payload);
    }
}
