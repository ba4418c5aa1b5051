package dev.pipelinebox.internal.schedule;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that any worker may run: the higher priority first, and first in first out within one. As quick as a plain queue
 * as long as nobody has a priority. Not thread-safe.
 */
final class PriorityTaskQueue {

    private final EntryQueue ordinary = new EntryQueue();
    /** Those with another priority than 0, by priority; none is empty. */
    private final NavigableMap<Integer, EntryQueue> others = new TreeMap<>(Comparator.reverseOrder());

    private int size;

    void addLast(QueuedTask entry) {
        withPriority(entry.priority).addLast(entry);
        size++;
    }

    void addFirst(QueuedTask entry) {
        withPriority(entry.priority).addFirst(entry);
        size++;
    }

    @Nullable
    QueuedTask first() {
        return foremost().peekFirst();
    }

    /** Takes out one that is in this line, wherever it stands. */
    void remove(QueuedTask entry) {
        EntryQueue line = withPriority(entry.priority);
        line.remove(entry);
        size--;
        if (line.isEmpty()) {
            others.remove(entry.priority);
        }
    }

    int size() {
        return size;
    }

    private EntryQueue withPriority(int priority) {
        return priority == 0 ? ordinary : others.computeIfAbsent(priority, level -> new EntryQueue());
    }

    private EntryQueue foremost() {
        if (others.isEmpty()) {
            return ordinary;
        }
        Map.Entry<Integer, EntryQueue> highest = others.firstEntry();
        return highest.getKey() > 0 || ordinary.isEmpty() ? highest.getValue() : ordinary;
    }
}
