package dev.pipelinebox.internal.schedule;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose tasks are linked with each other, so that removal from any position takes constant time. A task is in one
 * such queue at most. Not thread-safe.
 */
final class LinkedTaskQueue {

    private @Nullable QueuedTask first;
    private @Nullable QueuedTask last;
    private int size;

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return size;
    }

    @Nullable
    QueuedTask peekFirst() {
        return first;
    }

    QueuedTask getFirst() {
        QueuedTask queued = first;
        if (queued == null) {
            throw new NoSuchElementException("the queue is empty");
        }
        return queued;
    }

    void addFirst(QueuedTask queued) {
        insert(null, queued, first);
    }

    void addLast(QueuedTask queued) {
        insert(last, queued, null);
    }

    private void insert(@Nullable QueuedTask before, QueuedTask queued, @Nullable QueuedTask after) {
        link(before, queued);
        link(queued, after);
        size++;
    }

    QueuedTask removeFirst() {
        QueuedTask queued = getFirst();
        remove(queued);
        return queued;
    }

    /** Removes a task of this queue. */
    void remove(QueuedTask queued) {
        link(queued.before, queued.after);
        queued.before = null;
        queued.after = null;
        size--;
    }

    private void link(@Nullable QueuedTask one, @Nullable QueuedTask next) {
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
