package dev.pipelinebox.master;

import java.time.Duration;

/** What {@link Workforce} wants done. */
sealed interface Order {

    /** A process is to be started. */
    record Launch(PoolMember member) implements Order {}

    /** A process whose worker is built takes tasks, in this place. */
    record Employ(Place place, PoolMember member) implements Order {}

    /** A process gets no more tasks, gives back those that it has not started, and is ended when it holds none. */
    record Drain(PoolMember member) implements Order {}

    /** A process is to end. */
    record End(PoolMember member) implements Order {}

    /** Something that failed is tried again after a wait. */
    record Rest(int index, Duration pause) implements Order {}
}
