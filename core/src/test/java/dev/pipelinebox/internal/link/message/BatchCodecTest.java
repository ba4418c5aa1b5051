package dev.pipelinebox.internal.link.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.internal.task.Batches;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Payloads;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchCodecTest {

    private final Random random = new Random(4711);

    @Test
    void carriesBatchesOfTasks() {
        for (int i = 0; i < 200; i++) {
            List<TaskEnvelope> batch = new ArrayList<>();
            for (int size = random.nextInt(20); size > 0; size--) {
                batch.add(new TaskEnvelope(anyNumber(), 1 + random.nextInt(5), anyPayloads()));
            }
            MasterToWorker.Tasks tasks = new MasterToWorker.Tasks(batch);

            assertThat(BatchCodec.readTasks(written(tasks))).isEqualTo(tasks);
        }
    }

    @Test
    void carriesBatchesOfOutcomes() {
        for (int i = 0; i < 200; i++) {
            List<OutcomeEnvelope> batch = new ArrayList<>();
            for (int size = random.nextInt(20); size > 0; size--) {
                batch.add(
                        random.nextBoolean()
                                ? new OutcomeEnvelope(anyNumber(), 1 + random.nextInt(5), true, anyPayloads())
                                : OutcomeEnvelope.failure(
                                        anyNumber(), 1 + random.nextInt(5), new byte[random.nextInt(100)]));
            }
            Demand demand = new Demand(random.nextInt(1 << 20), anyNumber());
            WorkerToMaster.Done done = new WorkerToMaster.Done(batch, demand);

            assertThat(BatchCodec.readDone(written(done))).isEqualTo(done);
        }
    }

    @Test
    void tellsAnEmptyPayloadFromNone() {
        MasterToWorker.Tasks sent =
                new MasterToWorker.Tasks(List.of(TaskEnvelope.of(1, 1, new byte[0]), TaskEnvelope.of(2, 1, null)));

        MasterToWorker.Tasks tasks = BatchCodec.readTasks(written(sent));

        assertThat(tasks.batch().get(0).payload()).isEmpty();
        assertThat(tasks.batch().get(1).payload()).isNull();
    }

    @Test
    void takesAFewBytesForATask() {
        List<TaskEnvelope> batch = List.of(new TaskEnvelope(1_000_000, 1, Batches.payloads(100, new byte[] {7})));

        assertThat(written(new MasterToWorker.Tasks(batch)).remaining()).isLessThan(100 * 5 + 10);
    }

    @Test
    void isFoundBrokenWhereverItIsCutOff() {
        List<OutcomeEnvelope> batch = List.of(OutcomeEnvelope.of(300, 1, true, new byte[] {1, 2, 3}));
        byte[] whole = bytes(written(new WorkerToMaster.Done(batch, new Demand(1, 300))));

        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
            assertThatThrownBy(() -> BatchCodec.readDone(cut)).isInstanceOf(BufferUnderflowException.class);
        }
    }

    @Test
    void takesNoMoreMemoryThanItHasWhateverItSays() {
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                assertThat(BatchCodec.readTasks(ByteBuffer.wrap(bytes))).isNotNull();
                assertThat(BatchCodec.readDone(ByteBuffer.wrap(bytes))).isNotNull();
            } catch (BufferUnderflowException broken) {
                assertThat(broken).isNotNull();
            }
        }
    }

    @Test
    void saysSoWhenTheBufferIsTooSmall() {
        MasterToWorker.Tasks tasks = new MasterToWorker.Tasks(List.of(TaskEnvelope.of(1, 1, new byte[100])));

        assertThatThrownBy(() -> BatchCodec.write(tasks, ByteBuffer.allocate(99)))
                .as("by which Artery knows a message that is too large")
                .isInstanceOf(BufferOverflowException.class);
    }

    private static ByteBuffer written(MasterToWorker.Tasks tasks) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BatchCodec.size(tasks.batch()));
        BatchCodec.write(tasks, buffer);
        return buffer.flip();
    }

    private static ByteBuffer written(WorkerToMaster.Done done) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BatchCodec.size(done.outcomes()));
        BatchCodec.write(done, buffer);
        return buffer.flip();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private long anyNumber() {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    private Payloads anyPayloads() {
        Payloads.Builder payloads = new Payloads.Builder();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            payloads.add(anyPayload());
        }
        Payloads all = payloads.take();
        int from = random.nextInt(all.count());
        return all.slice(from, all.count());
    }

    private byte[] anyPayload() {
        if (random.nextInt(4) == 0) {
            return null;
        }
        byte[] payload = new byte[random.nextInt(300)];
        random.nextBytes(payload);
        return payload;
    }
}
