package dev.pipelinebox;

import dev.pipelinebox.master.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a run from being taken in to being read, and their outcomes from arriving to being read, in either of the
 * two orders. Not thread-safe.
 */
final class Arrivals {

    /** Whether each has its outcome. */
    private final Map<Long, Boolean> underWay = new LinkedHashMap<>();

    private final Deque<Arrival> arrived = new ArrayDeque<>();
    private final Map<Long, Outcome> early = new HashMap<>();
    private boolean inOrderOfAdding;

    /** An outcome that has arrived. */
    record Arrival(long taskId, Outcome outcome) {}

    void taken(long taskId) {
        underWay.put(taskId, false);
    }

    /** An outcome arrives; {@code false} if nobody waits for it, or no more. */
    boolean arrived(long taskId, Outcome outcome) {
        if (!underWay.replace(taskId, false, true)) {
            return false;
        }
        arrived.add(new Arrival(taskId, outcome));
        return true;
    }

    void readInOrderOfAdding() {
        inOrderOfAdding = true;
    }

    /** The next one to read, if it has arrived. */
    @Nullable
    Arrival poll() {
        Arrival next = inOrderOfAdding ? pollFirstAdded() : arrived.poll();
        if (next != null) {
            underWay.remove(next.taskId());
        }
        return next;
    }

    private @Nullable Arrival pollFirstAdded() {
        arrived.forEach(arrival -> early.put(arrival.taskId(), arrival.outcome()));
        arrived.clear();
        if (underWay.isEmpty()) {
            return null;
        }
        long first = underWay.keySet().iterator().next();
        Outcome outcome = early.remove(first);
        return outcome == null ? null : new Arrival(first, outcome);
    }

    /** How many have been taken in and not been read. */
    int underWay() {
        return underWay.size();
    }

    /** How many have been taken in and have no outcome yet. */
    int atWork() {
        return underWay.size() - arrived.size() - early.size();
    }

    /** Those that have no outcome yet. */
    List<Long> missing() {
        return underWay.entrySet().stream()
                .filter(task -> !task.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    void clear() {
        underWay.clear();
        arrived.clear();
        early.clear();
    }
}
