package dev.pipelinebox.internal.link.message;

import dev.pipelinebox.internal.task.Demand;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of the two messages that every task rides on, {@link MasterToWorker.Tasks} and {@link WorkerToMaster.Done}:
 * numbers of seven bits a byte, task numbers as the difference to the one before, payloads as they are. Some three bytes a
 * task beside its payload, and no work but copying.
 */
final class BatchCodec {

    /** The most that a number takes. */
    private static final int NUMBER = 10;

    /** The most that a batch takes beside its envelopes. */
    private static final int HEAD = 5 * NUMBER;

    /** The most that an envelope takes beside its payload. */
    private static final int ENVELOPE = 3 * NUMBER;

    private BatchCodec() {}

    /** No less than what a batch of these takes. */
    static int size(List<? extends Envelope> envelopes) {
        int size = HEAD;
        for (Envelope envelope : envelopes) {
            size += ENVELOPE + envelope.size();
        }
        return size;
    }

    static void write(MasterFrame frame, MasterToWorker.Tasks tasks, ByteBuffer to) {
        putNumber(frame.seq(), to);
        putNumber(frame.ack(), to);
        putNumber(tasks.batch().size(), to);
        long before = 0;
        for (TaskEnvelope task : tasks.batch()) {
            putDifference(task.taskId() - before, to);
            before = task.taskId();
            putNumber(task.attempt(), to);
            putPayload(task.payload(), to);
        }
    }

    static MasterFrame readTasks(ByteBuffer from) {
        long seq = number(from);
        long ack = number(from);
        int count = count(from);
        List<TaskEnvelope> batch = new ArrayList<>(count);
        long taskId = 0;
        for (int i = 0; i < count; i++) {
            taskId += difference(from);
            int attempt = (int) number(from);
            batch.add(new TaskEnvelope(taskId, attempt, payload(from)));
        }
        return new MasterFrame(seq, ack, new MasterToWorker.Tasks(batch));
    }

    static void write(WorkerFrame frame, WorkerToMaster.Done done, ByteBuffer to) {
        putNumber(frame.seq(), to);
        putNumber(frame.ack(), to);
        putNumber(done.demand().tasks(), to);
        putNumber(done.demand().bytes(), to);
        putNumber(done.outcomes().size(), to);
        long before = 0;
        for (OutcomeEnvelope outcome : done.outcomes()) {
            putDifference(outcome.taskId() - before, to);
            before = outcome.taskId();
            putNumber(2L * outcome.attempt() + (outcome.success() ? 1 : 0), to);
            putPayload(outcome.payload(), to);
        }
    }

    static WorkerFrame readDone(ByteBuffer from) {
        long seq = number(from);
        long ack = number(from);
        Demand demand = new Demand((int) number(from), number(from));
        int count = count(from);
        List<OutcomeEnvelope> outcomes = new ArrayList<>(count);
        long taskId = 0;
        for (int i = 0; i < count; i++) {
            taskId += difference(from);
            long attempt = number(from);
            outcomes.add(new OutcomeEnvelope(taskId, (int) (attempt >> 1), (attempt & 1) == 1, payload(from)));
        }
        return new WorkerFrame(seq, ack, new WorkerToMaster.Done(outcomes, demand));
    }

    private static void putPayload(byte @Nullable [] payload, ByteBuffer to) {
        if (payload == null) {
            putNumber(0, to);
        } else {
            putNumber(payload.length + 1L, to);
            to.put(payload);
        }
    }

    private static byte @Nullable [] payload(ByteBuffer from) {
        long length = number(from) - 1;
        if (length < 0) {
            return null;
        }
        byte[] payload = new byte[bounded(length, from)];
        from.get(payload);
        return payload;
    }

    /** Each takes at least three bytes. */
    private static int count(ByteBuffer from) {
        return bounded(number(from), from);
    }

    /** What a broken message says must not take more memory than the message. */
    private static int bounded(long size, ByteBuffer from) {
        if (size < 0 || size > from.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) size;
    }

    /** Small whether it goes up or down. */
    private static void putDifference(long difference, ByteBuffer to) {
        putNumber((difference << 1) ^ (difference >> 63), to);
    }

    private static long difference(ByteBuffer from) {
        long folded = number(from);
        return (folded >>> 1) ^ -(folded & 1);
    }

    private static void putNumber(long number, ByteBuffer to) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            to.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    private static long number(ByteBuffer from) {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = from.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new BufferUnderflowException();
    }
}
