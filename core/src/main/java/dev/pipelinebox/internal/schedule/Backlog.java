package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.AffinityKey;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that are in no worker's hands: in line for one, some in {@link AffinityQueues}, or resting before they join the line
 * again. Not thread-safe.
 */
final class Backlog {

    private final PriorityTaskQueue anyones = new PriorityTaskQueue();
    private final AffinityQueues lanes = new AffinityQueues();
    private final List<QueuedTask> resting = new ArrayList<>();
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
    void addLast(QueuedTask entry) {
        entry.position = ++hindmost;
        AffinityKey key = entry.task.policy().standing().key();
        if (key == null) {
            anyones.addLast(entry);
        } else {
            lanes.addLast(entry, key);
        }
        count(entry, 1);
    }

    /** One that was taken out waits again. */
    void addFirst(QueuedTask entry) {
        entry.position = --foremost;
        if (entry.lane == null) {
            anyones.addFirst(entry);
        } else {
            lanes.comeBack(entry, entry.lane);
        }
        count(entry, 1);
    }

    /** One that was taken out waits again, but not yet. */
    void rest(QueuedTask entry) {
        resting.add(entry);
    }

    /** One that was taken out does not come back. */
    void leave(QueuedTask entry) {
        if (entry.lane != null) {
            lanes.leave(entry.lane);
        }
    }

    /** Puts those in line again that have rested long enough. */
    void wake(long now) {
        List<QueuedTask> rested =
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
    QueuedTask firstFor(int place, boolean itsOwnOnly) {
        if (lanes.isEmpty()) {
            return itsOwnOnly ? null : anyones.first();
        }
        QueuedTask own = lanes.firstOf(place);
        return itsOwnOnly ? own : further(own, further(anyones.first(), lanes.firstUnbound(place)));
    }

    private static @Nullable QueuedTask further(@Nullable QueuedTask one, @Nullable QueuedTask other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return QueuedTask.IN_LINE.compare(one, other) < 0 ? one : other;
    }

    /** Takes out whom {@link #firstFor} gave for this place; tells whether another could have had it as well. */
    boolean removeFirst(QueuedTask entry, int place) {
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
    List<Task> removeAllOf(Set<OutcomeSink> sinks) {
        return removeEverywhere(entry -> sinks.contains(entry.task.sink()));
    }

    List<Task> removeAll() {
        return removeEverywhere(entry -> true);
    }

    private List<Task> removeEverywhere(Predicate<QueuedTask> unwanted) {
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

    private List<Task> removeFromLine(Predicate<QueuedTask> unwanted) {
        List<Task> removed = removed(anyones.removeIf(unwanted));
        removed.addAll(removed(lanes.removeIf(unwanted)));
        return removed;
    }

    private List<Task> removed(List<QueuedTask> entries) {
        List<Task> tasks = new ArrayList<>(entries.size());
        for (QueuedTask entry : entries) {
            count(entry, -1);
            tasks.add(entry.task);
        }
        return tasks;
    }

    private void count(QueuedTask entry, int change) {
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
