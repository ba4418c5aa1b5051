package dev.pipelinebox.internal.link.message;

import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Payloads;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of the two messages that carry tasks and outcomes, {@link MasterToWorker.Tasks} and {@link WorkerToMaster.Done}:
 * numbers as the difference to the task before, payloads as they are. It takes four bytes a task beside the payload, and no
 * work but copying.
 */
final class BatchCodec {

    /** The most that a batch takes beside its envelopes. */
    private static final int HEAD = 3 * VarInt.LONGEST;

    private BatchCodec() {}

    /** No less than what a batch of these takes. */
    static int size(List<? extends Envelope> envelopes) {
        int size = HEAD;
        for (Envelope envelope : envelopes) {
            size += envelope.writtenBytes();
        }
        return size;
    }

    static void write(MasterToWorker.Tasks tasks, ByteBuffer to) {
        VarInt.put(tasks.batch().size(), to);
        long before = 0;
        for (TaskEnvelope task : tasks.batch()) {
            VarInt.putSigned(task.firstId() - before, to);
            before = task.firstId();
            VarInt.put(task.attempt(), to);
            putPayloads(task.payloads(), to);
        }
    }

    static MasterToWorker.Tasks readTasks(ByteBuffer from) {
        int count = count(from);
        List<TaskEnvelope> batch = new ArrayList<>(count);
        long firstId = 0;
        for (int i = 0; i < count; i++) {
            firstId += VarInt.getSigned(from);
            int attempt = (int) VarInt.get(from);
            batch.add(new TaskEnvelope(firstId, attempt, payloads(from)));
        }
        return new MasterToWorker.Tasks(batch);
    }

    static void write(WorkerToMaster.Done done, ByteBuffer to) {
        VarInt.put(done.demand().tasks(), to);
        VarInt.put(done.demand().bytes(), to);
        VarInt.put(done.outcomes().size(), to);
        long before = 0;
        for (OutcomeEnvelope outcome : done.outcomes()) {
            VarInt.putSigned(outcome.firstId() - before, to);
            before = outcome.firstId();
            VarInt.put(2L * outcome.attempt() + (outcome.success() ? 1 : 0), to);
            putPayloads(outcome.payloads(), to);
        }
    }

    static WorkerToMaster.Done readDone(ByteBuffer from) {
        Demand demand = new Demand((int) VarInt.get(from), VarInt.get(from));
        int count = count(from);
        List<OutcomeEnvelope> outcomes = new ArrayList<>(count);
        long firstId = 0;
        for (int i = 0; i < count; i++) {
            firstId += VarInt.getSigned(from);
            long attempt = VarInt.get(from);
            outcomes.add(outcome(firstId, (int) (attempt >> 1), (attempt & 1) == 1, payloads(from)));
        }
        return new WorkerToMaster.Done(outcomes, demand);
    }

    private static OutcomeEnvelope outcome(long firstId, int attempt, boolean success, Payloads payloads) {
        if (!success && (payloads.count() != 1 || payloads.isNull(0))) {
            throw new BufferUnderflowException();
        }
        return new OutcomeEnvelope(firstId, attempt, success, payloads);
    }

    private static void putPayloads(Payloads payloads, ByteBuffer to) {
        int count = payloads.count();
        VarInt.put(count, to);
        to.asIntBuffer().put(payloads.ends());
        to.position(to.position() + count * Integer.BYTES);
        to.put(payloads.array(), payloads.offset(0), payloads.size());
    }

    private static Payloads payloads(ByteBuffer from) {
        int count = bounded(VarInt.get(from), from);
        if (count == 0 || count > from.remaining() / Integer.BYTES) {
            throw new BufferUnderflowException();
        }
        int[] ends = new int[count + 1];
        from.asIntBuffer().get(ends, 1, count);
        from.position(from.position() + count * Integer.BYTES);
        byte[] bytes = new byte[bounded(Math.max(ends[count], ~ends[count]), from)];
        from.get(bytes);
        try {
            return Payloads.of(bytes, ends);
        } catch (IllegalArgumentException broken) {
            throw new BufferUnderflowException();
        }
    }

    /** Of envelopes, each of which takes more than a byte. */
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
