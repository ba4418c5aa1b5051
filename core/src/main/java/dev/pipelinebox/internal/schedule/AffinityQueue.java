package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.AffinityKey;
import java.util.Comparator;

/**
 * Tasks that run one after the other, in the order of submission and on one worker slot: those of a key, or those for
 * one worker. While some of them are outstanding, the others wait. A task that is requeued goes to the
 * front. Not thread-safe.
 */
final class AffinityQueue {

    /** The slot of a queue that was never bound. */
    static final int UNBOUND = -1;

    /** By the priority of the first task, then by its position. */
    static final Comparator<AffinityQueue> BY_FIRST_TASK =
            (one, other) -> QueuedBatch.QUEUE_ORDER.compare(one.first(), other.first());

    final AffinityKey key;
    /** Where its tasks run; if that slot is closed, the queue is bound anew, unless its tasks are for one worker. */
    int slot;

    final LinkedTaskQueue waiting = new LinkedTaskQueue();
    /** How many tasks are in flight or delayed. */
    int outstanding;
    /** The task that was assigned last is not retried, so the next one may go along in the same batch. */
    boolean mayFollow;
    /** Is in a set of ready queues, ordered by its first task. */
    boolean isEnqueued;

    AffinityQueue(AffinityKey key, int slot) {
        this.key = key;
        this.slot = slot;
    }

    QueuedBatch first() {
        return waiting.getFirst();
    }

    boolean isReady() {
        return !waiting.isEmpty() && (outstanding == 0 || mayFollow);
    }

    boolean isUnused() {
        return waiting.isEmpty() && outstanding == 0;
    }

    boolean isForOneWorker() {
        return key instanceof AffinityKey.ForWorker;
    }
}
