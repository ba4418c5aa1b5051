package dev.pipelinebox.internal.pool;

import java.time.Duration;

/** What {@link PoolPlan} wants done. */
public sealed interface PoolAction {

    /** A process is to be started. */
    record Launch(WorkerRecord member) implements PoolAction {}

    /** A process whose worker is built takes tasks, in this place. */
    record Employ(WorkerSlot place, WorkerRecord member) implements PoolAction {}

    /** A process gets no more tasks, gives back those that it has not started, and is ended when it holds none. */
    record Drain(WorkerRecord member) implements PoolAction {}

    /** A process is to end. */
    record End(WorkerRecord member) implements PoolAction {}

    /** Something that failed is tried again after a wait. */
    record Rest(int index, Duration pause) implements PoolAction {}
}
