package dev.pipelinebox.worker;

import dev.pipelinebox.protocol.Demand;
import dev.pipelinebox.protocol.OutcomeEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Outcomes on their way from the running thread to the actor. It is worth a message when the runner has nothing left to
 * do, when enough has come together, or when the last was long enough ago. Thread-safe.
 */
final class Outbox {

    private static final int ENOUGH_OUTCOMES = 256;
    private static final int ENOUGH_BYTES = 64 << 10;
    private static final long LONG_ENOUGH = TimeUnit.MILLISECONDS.toNanos(2);

    private final DemandMeter meter;
    private List<OutcomeEnvelope> outcomes = new ArrayList<>();
    private int bytes;
    /** How long tasks have run since outcomes were sent. */
    private long worked;
    /** The actor knows that it is time, and need not be told again for each outcome until it comes. */
    private boolean isDue;

    Outbox(DemandMeter meter) {
        this.meter = meter;
    }

    /** What to send, and the demand that goes with it. */
    record Batch(List<OutcomeEnvelope> outcomes, Demand demand) {}

    /** Takes in an outcome and tells whether it is time to send, once for all outcomes until they are sent. */
    synchronized boolean add(OutcomeEnvelope outcome, long taskNanos, boolean nothingLeftToDo) {
        worked += taskNanos;
        outcomes.add(outcome);
        bytes += outcome.size();
        meter.onTask(taskNanos);
        boolean wasDue = isDue;
        isDue = nothingLeftToDo || outcomes.size() >= ENOUGH_OUTCOMES || bytes >= ENOUGH_BYTES || worked >= LONG_ENOUGH;
        return isDue && !wasDue;
    }

    synchronized Batch drain() {
        Batch batch = new Batch(outcomes, meter.demand());
        outcomes = new ArrayList<>();
        bytes = 0;
        worked = 0;
        isDue = false;
        return batch;
    }
}
