package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.AffinityKey;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Task;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that are in no worker's hands: in line for one, some in {@link AffinityQueues}, or resting before they join the line
 * again. Not thread-safe.
 */
final class Backlog {

    private final PriorityTaskQueue anyones = new PriorityTaskQueue();
    private final AffinityQueues lanes;
    private final Set<QueuedTask> resting = new LinkedHashSet<>();
    private final QueueLimits limits = new QueueLimits();
    private final CallerIndex callers = new CallerIndex();
    private int size;
    private long foremost;
    private long hindmost;

    /** An empty one; it tells of each place for which there may be something now, or whose number of keys has changed. */
    Backlog(IntConsumer onPlaceChanged) {
        this.lanes = new AffinityQueues(onPlaceChanged);
    }

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
        joined(entry);
    }

    /** One that was taken out waits again. */
    void addFirst(QueuedTask entry) {
        entry.position = --foremost;
        if (entry.lane == null) {
            anyones.addFirst(entry);
        } else {
            lanes.comeBack(entry, entry.lane);
        }
        joined(entry);
    }

    private void joined(QueuedTask entry) {
        size++;
        limits.add(entry);
        callers.add(entry);
    }

    private void left(QueuedTask entry) {
        size--;
        limits.remove(entry);
        callers.remove(entry);
    }

    /** One that was taken out waits again, but not yet. */
    void rest(QueuedTask entry) {
        entry.position = ++hindmost;
        resting.add(entry);
        callers.add(entry);
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
        for (int i = rested.size() - 1; i >= 0; i--) {
            QueuedTask entry = rested.get(i);
            resting.remove(entry);
            callers.remove(entry);
            addFirst(entry);
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
        left(entry);
        if (entry.lane != null) {
            return lanes.removeFirst(entry.lane, place);
        }
        anyones.remove(entry);
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
        return remove(limits.passed(now));
    }

    /** Takes out those who wait for a worker that will not come. */
    List<Task> removeStranded() {
        List<QueuedTask> stranded = lanes.removeStranded();
        stranded.forEach(this::left);
        return tasks(stranded);
    }

    /** Takes out the tasks of some callers. */
    List<Task> removeAllOf(Set<OutcomeSink> sinks) {
        return remove(callers.of(sinks));
    }

    List<Task> removeAll() {
        return remove(callers.all());
    }

    /** Takes these out, wherever they are: those in line in its order, and then those who rest. */
    private List<Task> remove(List<QueuedTask> entries) {
        entries.sort(Comparator.comparing((QueuedTask entry) -> resting.contains(entry))
                .thenComparing(QueuedTask.IN_LINE));
        for (QueuedTask entry : entries) {
            if (resting.remove(entry)) {
                callers.remove(entry);
                leave(entry);
            } else {
                removeFromLine(entry);
            }
        }
        return tasks(entries);
    }

    private void removeFromLine(QueuedTask entry) {
        left(entry);
        if (entry.lane == null) {
            anyones.remove(entry);
        } else {
            lanes.remove(entry, entry.lane);
        }
    }

    private static List<Task> tasks(List<QueuedTask> entries) {
        return entries.stream().map(entry -> entry.task).toList();
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
