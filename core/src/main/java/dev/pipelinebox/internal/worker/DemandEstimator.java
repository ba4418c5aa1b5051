package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.bootstrap.DemandLimits;
import dev.pipelinebox.internal.task.Demand;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long tasks take, to demand about as many as keep the worker busy until the next batch arrives: one task at a
 * time if they are long, hundreds if they are tiny. Not thread-safe.
 */
final class DemandEstimator {

    /** The weight of the newest task in the running mean. */
    private static final double NEWEST = 0.2;

    /** Tasks that take so many times the wanted work run one at a time, as the first does. */
    private static final int LONG = 2;

    private final DemandLimits limits;
    private double meanNanos;

    DemandEstimator(DemandLimits limits) {
        this.limits = limits;
        this.meanNanos = LONG * TimeUnit.MICROSECONDS.toNanos(limits.workAheadMicros());
    }

    void onTask(long nanos) {
        meanNanos += NEWEST * (nanos - meanNanos);
    }

    Demand demand() {
        double ahead = TimeUnit.MICROSECONDS.toNanos(limits.workAheadMicros()) / Math.max(1.0, meanNanos);
        int tasks = (int) Math.max(1, Math.min(limits.maxTasks(), 1 + Math.rint(ahead)));
        return new Demand(tasks, limits.maxBytes());
    }
}
