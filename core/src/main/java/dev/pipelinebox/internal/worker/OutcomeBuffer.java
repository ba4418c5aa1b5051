package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.task.Demand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Outcomes on their way from the running thread to the actor. It is worth a message when the runner has nothing left to
 * do, when enough has come together, or when the last was long enough ago. Thread-safe.
 */
final class OutcomeBuffer {

    private static final int ENOUGH_OUTCOMES = 512;
    private static final int ENOUGH_BYTES = 64 << 10;
    private static final long LONG_ENOUGH = TimeUnit.MILLISECONDS.toNanos(2);

    private final DemandEstimator meter;
    private final long mostBytes;
    private List<OutcomeEnvelope> outcomes = new ArrayList<>();
    private int usual;
    private long bytes;
    /** How long tasks have run since outcomes were sent. */
    private long worked;
    /** The actor knows that it is time, and need not be told again for each outcome until it comes. */
    private boolean isDue;
    /** What was drained and could not be sent yet, in bytes. */
    private volatile long unsent;

    private boolean isAbandoned;

    /** For a worker that makes no more results while more than so many bytes wait to be sent. */
    OutcomeBuffer(DemandEstimator meter, long mostBytes) {
        this.meter = meter;
        this.mostBytes = mostBytes;
    }

    /** What to send, in a list that is the receiver's, and the demand that goes with it. */
    record Batch(List<OutcomeEnvelope> outcomes, Demand demand) {}

    /** Takes in an outcome and tells whether it is time to send, once for all outcomes until they are sent. */
    synchronized boolean add(OutcomeEnvelope outcome, long taskNanos, boolean nothingLeftToDo) {
        worked += taskNanos;
        outcomes.add(outcome);
        bytes += outcome.size();
        meter.onTask(taskNanos);
        boolean wasDue = isDue;
        isDue = nothingLeftToDo
                || outcomes.size() >= ENOUGH_OUTCOMES
                || bytes >= ENOUGH_BYTES
                || worked >= LONG_ENOUGH
                || bytes + unsent > mostBytes;
        return isDue && !wasDue;
    }

    /**
     * Waits until what has not been sent is little enough, so that results do not pile up faster than they can leave.
     * Tells whether it had to wait.
     */
    synchronized boolean awaitRoom() throws InterruptedException {
        boolean waited = false;
        while (bytes + unsent > mostBytes && !isAbandoned) {
            waited = true;
            wait();
        }
        return waited;
    }

    /** So many bytes of what was drained wait to be sent. */
    void unsent(long now) {
        if (now != unsent) {
            synchronized (this) {
                unsent = now;
                notifyAll();
            }
        }
    }

    /** Nothing is sent any more, so nobody waits for it. */
    synchronized void abandon() {
        isAbandoned = true;
        notifyAll();
    }

    synchronized Batch drain() {
        usual = outcomes.isEmpty() ? usual : outcomes.size();
        Batch batch = new Batch(outcomes, meter.demand());
        outcomes = new ArrayList<>(usual);
        unsent += bytes;
        bytes = 0;
        worked = 0;
        isDue = false;
        return batch;
    }
}
