package dev.pipelinebox.internal.link.message;

import dev.pipelinebox.internal.task.Demand;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of the two messages that carry tasks and outcomes, {@link MasterToWorker.Tasks} and {@link WorkerToMaster.Done}:
 * task numbers as the difference to the one before, payloads as they are. It takes some three bytes a task beside the
 * payload, and no work but copying.
 */
final class BatchCodec {

    /** The most that a batch takes beside its envelopes. */
    private static final int HEAD = 3 * VarInt.LONGEST;

    /** The most that an envelope takes beside its payload. */
    private static final int ENVELOPE = 3 * VarInt.LONGEST;

    private BatchCodec() {}

    /** No less than what a batch of these takes. */
    static int size(List<? extends Envelope> envelopes) {
        int size = HEAD;
        for (Envelope envelope : envelopes) {
            size += ENVELOPE + envelope.size();
        }
        return size;
    }

    static void write(MasterToWorker.Tasks tasks, ByteBuffer to) {
        VarInt.put(tasks.batch().size(), to);
        long before = 0;
        for (TaskEnvelope task : tasks.batch()) {
            VarInt.putSigned(task.taskId() - before, to);
            before = task.taskId();
            VarInt.put(task.attempt(), to);
            putPayload(task.payload(), to);
        }
    }

    static MasterToWorker.Tasks readTasks(ByteBuffer from) {
        int count = count(from);
        List<TaskEnvelope> batch = new ArrayList<>(count);
        long taskId = 0;
        for (int i = 0; i < count; i++) {
            taskId += VarInt.getSigned(from);
            int attempt = (int) VarInt.get(from);
            batch.add(new TaskEnvelope(taskId, attempt, payload(from)));
        }
        return new MasterToWorker.Tasks(batch);
    }

    static void write(WorkerToMaster.Done done, ByteBuffer to) {
        VarInt.put(done.demand().tasks(), to);
        VarInt.put(done.demand().bytes(), to);
        VarInt.put(done.outcomes().size(), to);
        long before = 0;
        for (OutcomeEnvelope outcome : done.outcomes()) {
            VarInt.putSigned(outcome.taskId() - before, to);
            before = outcome.taskId();
            VarInt.put(2L * outcome.attempt() + (outcome.success() ? 1 : 0), to);
            putPayload(outcome.payload(), to);
        }
    }

    static WorkerToMaster.Done readDone(ByteBuffer from) {
        Demand demand = new Demand((int) VarInt.get(from), VarInt.get(from));
        int count = count(from);
        List<OutcomeEnvelope> outcomes = new ArrayList<>(count);
        long taskId = 0;
        for (int i = 0; i < count; i++) {
            taskId += VarInt.getSigned(from);
            long attempt = VarInt.get(from);
            outcomes.add(new OutcomeEnvelope(taskId, (int) (attempt >> 1), (attempt & 1) == 1, payload(from)));
        }
        return new WorkerToMaster.Done(outcomes, demand);
    }

    private static void putPayload(byte @Nullable [] payload, ByteBuffer to) {
        if (payload == null) {
            VarInt.put(0, to);
        } else {
            VarInt.put(payload.length + 1L, to);
            to.put(payload);
        }
    }

    private static byte @Nullable [] payload(ByteBuffer from) {
        long length = VarInt.get(from) - 1;
        if (length < 0) {
            return null;
        }
        byte[] payload = new byte[bounded(length, from)];
        from.get(payload);
        return payload;
    }

    /** Each envelope takes at least three bytes. */
    private static int count(ByteBuffer from) {
        return bounded(VarInt.get(from), from);
    }

    /** What a broken message says must not take more memory than the message. */
    private static int bounded(long size, ByteBuffer from) {
        if (size < 0 || size > from.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) size;
    }
}
