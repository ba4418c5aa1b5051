package dev.pipelinebox.internal.schedule;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A queue that is linked through its entries, so that any of them is taken out at once, wherever it stands. An entry is in
 * one such queue at most. Not thread-safe.
 */
final class EntryQueue {

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
        QueuedTask entry = first;
        if (entry == null) {
            throw new NoSuchElementException("the queue is empty");
        }
        return entry;
    }

    void addFirst(QueuedTask entry) {
        insert(null, entry, first);
    }

    void addLast(QueuedTask entry) {
        insert(last, entry, null);
    }

    private void insert(@Nullable QueuedTask before, QueuedTask entry, @Nullable QueuedTask after) {
        link(before, entry);
        link(entry, after);
        size++;
    }

    QueuedTask removeFirst() {
        QueuedTask entry = getFirst();
        remove(entry);
        return entry;
    }

    /** Takes out an entry of this queue. */
    void remove(QueuedTask entry) {
        link(entry.before, entry.after);
        entry.before = null;
        entry.after = null;
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
