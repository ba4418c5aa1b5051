package dev.pipelinebox.internal.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that any worker may run: the higher priority first, and first in first out within one. As quick as a plain queue
 * as long as nobody has a priority. Not thread-safe.
 */
final class PriorityTaskQueue {

    private final Deque<QueuedTask> ordinary = new ArrayDeque<>();
    /** Those with another priority than 0, by priority; none is empty. */
    private final NavigableMap<Integer, Deque<QueuedTask>> others = new TreeMap<>(Comparator.reverseOrder());

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

    QueuedTask removeFirst() {
        Deque<QueuedTask> line = foremost();
        QueuedTask entry = line.removeFirst();
        size--;
        if (line.isEmpty()) {
            others.remove(entry.priority);
        }
        return entry;
    }

    /** Takes out who is not wanted any more. */
    List<QueuedTask> removeIf(Predicate<QueuedTask> unwanted) {
        List<QueuedTask> removed = new ArrayList<>();
        Predicate<QueuedTask> isOut = entry -> unwanted.test(entry) && removed.add(entry);
        ordinary.removeIf(isOut);
        others.values().forEach(line -> line.removeIf(isOut));
        others.values().removeIf(Deque::isEmpty);
        size -= removed.size();
        return removed;
    }

    int size() {
        return size;
    }

    private Deque<QueuedTask> withPriority(int priority) {
        return priority == 0 ? ordinary : others.computeIfAbsent(priority, level -> new ArrayDeque<>());
    }

    private Deque<QueuedTask> foremost() {
        if (others.isEmpty()) {
            return ordinary;
        }
        Map.Entry<Integer, Deque<QueuedTask>> highest = others.firstEntry();
        return highest.getKey() > 0 || ordinary.isEmpty() ? highest.getValue() : ordinary;
    }
}
