package dev.pipelinebox.internal.pool;

import org.jspecify.annotations.Nullable;

/** A worker as the caller sees it: a place that one process after the other fills. Not thread-safe. */
public final class WorkerSlot {

    final WorkerSpec spec;
    public final WorkerListener listener;

    /** Who fills the place, or is being built for it. */
    @Nullable
    WorkerRecord worker;

    /** Who is being built to take over from a worker that is worn out. */
    @Nullable
    WorkerRecord successor;

    /** How often in a row a worker could not be built. */
    int startFailures;

    /** How often in a row a worker died before it had brought an outcome. */
    int barrenDeaths;

    /** How often in a row a successor could not be built. */
    int successorFailures;

    /** Waits until something that failed is tried again. */
    boolean isResting;

    boolean isStopping;

    WorkerSlot(WorkerSpec spec, WorkerListener listener) {
        this.spec = spec;
        this.listener = listener;
    }

    boolean isFilled() {
        return !isStopping && worker != null && worker.state == WorkerRecord.State.AT_WORK && !worker.isDying;
    }

    public int index() {
        return spec.index();
    }
}
