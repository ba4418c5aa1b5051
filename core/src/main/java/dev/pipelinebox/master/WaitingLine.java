package dev.pipelinebox.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that are in no worker's hands: in line for one, some in {@link Lanes}, or resting before they join the line
 * again. Not thread-safe.
 */
final class WaitingLine {

    private final PriorityLine anyones = new PriorityLine();
    private final Lanes lanes = new Lanes();
    private final List<TaskEntry> resting = new ArrayList<>();
    private int size;
    /** How many in the line have a limit for their wait, so that nobody looks through it in vain. */
    private int limited;

    private long foremost;
    private long hindmost;

    void openPlace(int place) {
        lanes.openPlace(place);
    }

    void onReady(int place) {
        lanes.onReady(place);
    }

    void closePlace(int place) {
        lanes.closePlace(place);
    }

    /** A new one joins the line. */
    void addLast(TaskEntry entry) {
        entry.position = ++hindmost;
        LaneKey key = entry.task.policy().standing().key();
        if (key == null) {
            anyones.addLast(entry);
        } else {
            lanes.addLast(entry, key);
        }
        count(entry, 1);
    }

    /** One that was taken out waits again. */
    void addFirst(TaskEntry entry) {
        entry.position = --foremost;
        if (entry.lane == null) {
            anyones.addFirst(entry);
        } else {
            lanes.comeBack(entry, entry.lane);
        }
        count(entry, 1);
    }

    /** One that was taken out waits again, but not yet. */
    void rest(TaskEntry entry) {
        resting.add(entry);
    }

    /** One that was taken out does not come back. */
    void leave(TaskEntry entry) {
        if (entry.lane != null) {
            lanes.leave(entry.lane);
        }
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

    /**
     * Who is next for the worker of this place; {@code null} if nobody is.
     *
     * @param itsOwnOnly whether to pass by those that others could have as well
     */
    @Nullable
    TaskEntry firstFor(int place, boolean itsOwnOnly) {
        if (lanes.isEmpty()) {
            return itsOwnOnly ? null : anyones.first();
        }
        TaskEntry own = lanes.firstOf(place);
        return itsOwnOnly ? own : further(own, further(anyones.first(), lanes.firstUnbound(place)));
    }

    private static @Nullable TaskEntry further(@Nullable TaskEntry one, @Nullable TaskEntry other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return TaskEntry.IN_LINE.compare(one, other) < 0 ? one : other;
    }

    /** Takes out whom {@link #firstFor} gave for this place; tells whether another could have had it as well. */
    boolean removeFirst(TaskEntry entry, int place) {
        count(entry, -1);
        if (entry.lane != null) {
            return lanes.removeFirst(entry.lane, place);
        }
        anyones.removeFirst();
        return true;
    }

    /** Every worker has been asked what it wants. */
    void endTurn() {
        lanes.endTurn();
    }

    /** What was taken out since the last call goes to its worker together. */
    void endBatch() {
        lanes.endBatch();
    }

    /** Takes out those who have waited for longer than they may. */
    List<Task> removeExpired(long now) {
        return limited == 0 ? List.of() : removeFromLine(entry -> entry.hasWaitedTooLong(now));
    }

    /** Takes out those who wait for a worker that will not come. */
    List<Task> removeStranded() {
        return removed(lanes.removeStranded());
    }

    /** Takes out the tasks of some callers. */
    List<Task> removeAllOf(Set<TaskSink> sinks) {
        return removeEverywhere(entry -> sinks.contains(entry.task.sink()));
    }

    List<Task> removeAll() {
        return removeEverywhere(entry -> true);
    }

    private List<Task> removeEverywhere(Predicate<TaskEntry> unwanted) {
        List<Task> removed = removeFromLine(unwanted);
        resting.removeIf(entry -> {
            boolean isOut = unwanted.test(entry);
            if (isOut) {
                leave(entry);
                removed.add(entry.task);
            }
            return isOut;
        });
        return removed;
    }

    private List<Task> removeFromLine(Predicate<TaskEntry> unwanted) {
        List<Task> removed = removed(anyones.removeIf(unwanted));
        removed.addAll(removed(lanes.removeIf(unwanted)));
        return removed;
    }

    private List<Task> removed(List<TaskEntry> entries) {
        List<Task> tasks = new ArrayList<>(entries.size());
        for (TaskEntry entry : entries) {
            count(entry, -1);
            tasks.add(entry.task);
        }
        return tasks;
    }

    private void count(TaskEntry entry, int change) {
        size += change;
        limited += entry.hasQueueLimit() ? change : 0;
    }

    int size() {
        return size;
    }

    /** Among how many the workers can share, so that none sits on what another could do. */
    int toBeShared() {
        return anyones.size() + lanes.unbound();
    }

    /** How many keys are bound to this place. */
    int keysOf(int place) {
        return lanes.keysOf(place);
    }

    /** Tells whether nobody is in line; some may rest. */
    boolean isEmpty() {
        return size == 0;
    }

    boolean hasNobodyResting() {
        return resting.isEmpty();
    }
}
