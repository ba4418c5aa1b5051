package dev.pipelinebox.master;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The tasks that are in no worker's hands: in line for one, or resting before they join the line again. Not thread-safe. */
final class WaitingLine {

    private final Deque<TaskEntry> line = new ArrayDeque<>();
    private final List<TaskEntry> resting = new ArrayList<>();
    /** How many in the line have a limit for their wait, so that nobody looks through it in vain. */
    private int limited;

    void addLast(TaskEntry entry) {
        line.addLast(entry);
        limited += entry.hasQueueLimit() ? 1 : 0;
    }

    void addFirst(TaskEntry entry) {
        line.addFirst(entry);
        limited += entry.hasQueueLimit() ? 1 : 0;
    }

    void rest(TaskEntry entry) {
        resting.add(entry);
    }

    /** Puts those in line again that have rested long enough. */
    void wake(long now) {
        List<TaskEntry> rested =
                resting.stream().filter(entry -> now >= entry.readyAt).toList();
        if (!rested.isEmpty()) {
            resting.removeIf(entry -> now >= entry.readyAt);
        }
        for (int i = rested.size() - 1; i >= 0; i--) {
            addFirst(rested.get(i));
        }
    }

    TaskEntry first() {
        return line.getFirst();
    }

    TaskEntry removeFirst() {
        TaskEntry entry = line.removeFirst();
        limited -= entry.hasQueueLimit() ? 1 : 0;
        return entry;
    }

    /** Takes out those who have waited for longer than they may. */
    List<Task> removeExpired(long now) {
        if (limited == 0) {
            return List.of();
        }
        return removeFrom(line, entry -> entry.hasWaitedTooLong(now));
    }

    /** Takes out the tasks of some callers. */
    List<Task> removeAllOf(Set<TaskSink> sinks) {
        List<Task> removed = removeFrom(line, entry -> sinks.contains(entry.task.sink()));
        removed.addAll(removeFrom(resting, entry -> sinks.contains(entry.task.sink())));
        return removed;
    }

    List<Task> removeAll() {
        List<Task> removed = removeFrom(line, entry -> true);
        removed.addAll(removeFrom(resting, entry -> true));
        return removed;
    }

    int size() {
        return line.size();
    }

    /** Tells whether nobody is in line; some may rest. */
    boolean isEmpty() {
        return line.isEmpty();
    }

    boolean hasNobodyResting() {
        return resting.isEmpty();
    }

    private List<Task> removeFrom(Collection<TaskEntry> entries, Predicate<TaskEntry> unwanted) {
        List<Task> removed = new ArrayList<>();
        entries.removeIf(entry -> {
            boolean isOut = unwanted.test(entry);
            if (isOut) {
                removed.add(entry.task);
                limited -= entries == line && entry.hasQueueLimit() ? 1 : 0;
            }
            return isOut;
        });
        return removed;
    }
}
