package dev.pipelinebox.internal.schedule;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose batches are linked with each other, so that removal from any position takes constant time. A batch is in
 * one such queue at most. Not thread-safe.
 */
final class LinkedTaskQueue {

    private @Nullable QueuedBatch first;
    private @Nullable QueuedBatch last;

    boolean isEmpty() {
        return first == null;
    }

    @Nullable
    QueuedBatch peekFirst() {
        return first;
    }

    QueuedBatch getFirst() {
        QueuedBatch queued = first;
        if (queued == null) {
            throw new NoSuchElementException("the queue is empty");
        }
        return queued;
    }

    void addFirst(QueuedBatch queued) {
        insert(null, queued, first);
    }

    void addLast(QueuedBatch queued) {
        insert(last, queued, null);
    }

    private void insert(@Nullable QueuedBatch before, QueuedBatch queued, @Nullable QueuedBatch after) {
        link(before, queued);
        link(queued, after);
    }

    QueuedBatch removeFirst() {
        QueuedBatch queued = getFirst();
        remove(queued);
        return queued;
    }

    /** Removes a task of this queue. */
    void remove(QueuedBatch queued) {
        link(queued.before, queued.after);
        queued.before = null;
        queued.after = null;
    }

    private void link(@Nullable QueuedBatch one, @Nullable QueuedBatch next) {
        if (one == null) {
            first = next;
        } else {
            one.after = next;
        }
        if (next == null) {
            last = one;
        } else {
            next.before = one;
        }
    }
}
