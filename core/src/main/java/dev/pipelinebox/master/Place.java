package dev.pipelinebox.master;

import org.jspecify.annotations.Nullable;

/** A worker as the caller sees it: a place that one process after the other fills. Not thread-safe. */
final class Place {

    final WorkerSpec spec;
    final WorkerSlot slot;

    /** Who fills the place, or is being built for it. */
    @Nullable
    PoolMember worker;

    /** Who is being built to take over from a worker that is worn out. */
    @Nullable
    PoolMember successor;

    /** How often in a row a worker could not be built. */
    int startFailures;

    /** How often in a row a worker died before it had brought an outcome. */
    int barrenDeaths;

    /** How often in a row a successor could not be built. */
    int successorFailures;

    /** Waits until something that failed is tried again. */
    boolean isResting;

    boolean isStopping;

    Place(WorkerSpec spec, WorkerSlot slot) {
        this.spec = spec;
        this.slot = slot;
    }

    boolean isFilled() {
        return !isStopping && worker != null && worker.state == PoolMember.State.AT_WORK && !worker.isDying;
    }

    int index() {
        return spec.index();
    }
}
