package dev.pipelinebox.internal.worker;

import dev.pipelinebox.api.TaskContext;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.OutcomeJoiner;
import dev.pipelinebox.internal.task.Demand;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes on their way from the task thread to the actor. They are worth a message when the runner has nothing left to do,
 * when there are enough of them, or when tasks have run for long enough since the last message. Thread-safe.
 */
final class OutcomeBuffer {

    private static final int ENOUGH_OUTCOMES = 512;
    private static final int ENOUGH_BYTES = 64 << 10;
    private static final int FEW_OUTCOMES = 16;
    private static final int FEW_BYTES = 4 << 10;
    private static final long LONG_ENOUGH = TimeUnit.MILLISECONDS.toNanos(2);

    private final DemandEstimator demand;
    private final long maxBytes;
    private final OutcomeJoiner outcomes = new OutcomeJoiner();
    private long bytes;

    /** How long tasks have run since outcomes were taken. */
    private long taskNanos;

    /** The actor has been notified that it is time to send. It is notified again only after it has taken the outcomes. */
    private boolean isDue;

    /** What was taken and could not be sent yet, in bytes. */
    private volatile long unsentBytes;

    private boolean isAbandoned;

    /** No more results are made while more than so many bytes wait to be sent. */
    OutcomeBuffer(DemandEstimator demand, long maxBytes) {
        this.demand = demand;
        this.maxBytes = maxBytes;
    }

    /** How a task has ended: with an encoded result, or otherwise with an encoded failure report. */
    record Ended(boolean success, byte @Nullable [] payload) {}

    /** What to send, in a list that belongs to the receiver, and the demand that goes with it. */
    record Batch(List<OutcomeEnvelope> outcomes, Demand demand) {}

    /**
     * Adds the outcome of a task that has run for so long, and returns whether it is time to send, once for all outcomes until
     * they are taken.
     */
    synchronized boolean add(TaskContext task, Ended ended, long nanos, boolean nothingLeftToDo) {
        byte[] payload = ended.payload();
        if (ended.success() || payload == null) {
            outcomes.addResult(task.taskId(), task.attempt(), payload);
        } else {
            outcomes.addFailure(task.taskId(), task.attempt(), payload);
        }
        taskNanos += nanos;
        bytes += payload == null ? 0 : payload.length;
        demand.onTask(nanos);
        boolean wasDue = isDue;
        isDue = nothingLeftToDo
                || outcomes.count() >= ENOUGH_OUTCOMES
                || bytes >= ENOUGH_BYTES
                || taskNanos >= LONG_ENOUGH
                || bytes + unsentBytes > maxBytes;
        return isDue && !wasDue;
    }

    /** Whether what waits is quickly sent. */
    synchronized boolean areFew() {
        return outcomes.count() <= FEW_OUTCOMES && bytes <= FEW_BYTES;
    }

    /**
     * Waits until few enough bytes are unsent, so that results are not made faster than they can leave. Returns whether it
     * had to wait.
     */
    synchronized boolean awaitRoom() throws InterruptedException {
        boolean waited = false;
        while (bytes + unsentBytes > maxBytes && !isAbandoned) {
            waited = true;
            wait();
        }
        return waited;
    }

    /** So many bytes of what was taken wait to be sent. */
    void onUnsent(long waitingBytes) {
        if (waitingBytes != unsentBytes) {
            synchronized (this) {
                unsentBytes = waitingBytes;
                notifyAll();
            }
        }
    }

    /** Nothing is sent any more, so no thread waits for it. */
    synchronized void abandon() {
        isAbandoned = true;
        notifyAll();
    }

    synchronized Batch take() {
        Batch batch = new Batch(outcomes.take(), demand.demand());
        unsentBytes += bytes;
        bytes = 0;
        taskNanos = 0;
        isDue = false;
        return batch;
    }
}
