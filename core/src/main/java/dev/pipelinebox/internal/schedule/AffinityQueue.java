package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.AffinityKey;
import java.util.Comparator;

/**
 * Tasks that run one after the other, in the order of adding and on one place: those of a key, or those that are for one
 * worker. As long as some of them are away, in a worker's hands or resting, the others wait; what comes back goes to the
 * front. Not thread-safe.
 */
final class AffinityQueue {

    /** The place of a lane that was never bound. */
    static final int NOWHERE = -1;

    /** The more urgent first task comes first, and of two that are alike the one that is further in front. */
    static final Comparator<AffinityQueue> BY_FIRST_TASK =
            (one, other) -> QueuedTask.IN_LINE.compare(one.first(), other.first());

    final AffinityKey key;
    /** Where its tasks run; somewhere else if that is gone, unless they are for one worker. */
    int place;

    final EntryQueue waiting = new EntryQueue();
    /** How many are in hands or rest. */
    int away;
    /** What was handed out last surely comes to its end there, so that the next may go along in the same batch. */
    boolean mayFollow;
    /** Stands in line, by its first task. */
    boolean isInLine;

    AffinityQueue(AffinityKey key, int place) {
        this.key = key;
        this.place = place;
    }

    QueuedTask first() {
        return waiting.getFirst();
    }

    boolean isReady() {
        return !waiting.isEmpty() && (away == 0 || mayFollow);
    }

    boolean isIdle() {
        return waiting.isEmpty() && away == 0;
    }

    boolean isForOneWorker() {
        return key instanceof AffinityKey.ForWorker;
    }
}
