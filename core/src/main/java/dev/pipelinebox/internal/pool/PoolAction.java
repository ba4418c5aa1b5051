package dev.pipelinebox.internal.pool;

import java.time.Duration;

/** What {@link PoolPlan} decides; the master carries it out. */
public sealed interface PoolAction {

    /** Launch a process. */
    record Launch(WorkerRecord record) implements PoolAction {}

    /** A process whose worker is built takes tasks, in this slot. */
    record Activate(WorkerSlot slot, WorkerRecord record) implements PoolAction {}

    /** A process gets no more tasks, gives back those that it has not started, and is ended when it has none. */
    record Drain(WorkerRecord record) implements PoolAction {}

    /** End a process. */
    record End(WorkerRecord record) implements PoolAction {}

    /** Try again what failed, after a wait. */
    record BackOff(int index, Duration backoff) implements PoolAction {}
}
