package dev.pipelinebox.internal.schedule;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that any worker may run: the higher priority first, and first in first out within one. As quick as a plain queue
 * while no task has a priority. Not thread-safe.
 */
final class PriorityTaskQueue {

    private final LinkedTaskQueue ordinary = new LinkedTaskQueue();
    /** Those with another priority than 0, by priority; none is empty. */
    private final NavigableMap<Integer, LinkedTaskQueue> others = new TreeMap<>(Comparator.reverseOrder());

    private int size;

    void addLast(QueuedBatch queued) {
        withPriority(queued.priority).addLast(queued);
        size += queued.count();
    }

    void addFirst(QueuedBatch queued) {
        withPriority(queued.priority).addFirst(queued);
        size += queued.count();
    }

    @Nullable
    QueuedBatch first() {
        return highest().peekFirst();
    }

    /** Removes the first tasks of a batch in this queue, so many but not all. */
    QueuedBatch removeFirst(QueuedBatch queued, int most) {
        size -= most;
        return queued.splitFirst(most);
    }

    /** Removes tasks of this queue, at any position. */
    void remove(QueuedBatch queued) {
        LinkedTaskQueue queue = withPriority(queued.priority);
        queue.remove(queued);
        size -= queued.count();
        if (queue.isEmpty()) {
            others.remove(queued.priority);
        }
    }

    /** How many tasks there are. */
    int size() {
        return size;
    }

    private LinkedTaskQueue withPriority(int priority) {
        return priority == 0 ? ordinary : others.computeIfAbsent(priority, level -> new LinkedTaskQueue());
    }

    private LinkedTaskQueue highest() {
        if (others.isEmpty()) {
            return ordinary;
        }
        Map.Entry<Integer, LinkedTaskQueue> highestOther = others.firstEntry();
        return highestOther.getKey() > 0 || ordinary.isEmpty() ? highestOther.getValue() : ordinary;
    }
}
