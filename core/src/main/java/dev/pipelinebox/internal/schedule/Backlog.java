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
 * The tasks that are not in flight: queued, some of them in {@link AffinityQueues}, or delayed before they are queued again.
 * Not thread-safe.
 */
final class Backlog {

    private final PriorityTaskQueue shared = new PriorityTaskQueue();
    private final AffinityQueues affinity;
    private final Set<QueuedTask> delayed = new LinkedHashSet<>();
    private final QueueLimits limits = new QueueLimits();
    private final CallerIndex callers = new CallerIndex();
    private int size;
    private long frontPosition;
    private long backPosition;

    /** Empty; calls back with each slot for which there may be a task now, or whose number of keys has changed. */
    Backlog(IntConsumer onSlotChanged) {
        this.affinity = new AffinityQueues(onSlotChanged);
    }

    void openSlot(int slot) {
        affinity.openSlot(slot);
    }

    void onReady(int slot) {
        affinity.onReady(slot);
    }

    void closeSlot(int slot) {
        affinity.closeSlot(slot);
    }

    /** Queues a new task. */
    void addLast(QueuedTask queued) {
        queued.position = ++backPosition;
        AffinityKey key = queued.task.policy().standing().key();
        if (key == null) {
            shared.addLast(queued);
        } else {
            affinity.addLast(queued, key);
        }
        onQueued(queued);
    }

    /** Queues a task again, before all others. */
    void addFirst(QueuedTask queued) {
        queued.position = --frontPosition;
        if (queued.affinityQueue == null) {
            shared.addFirst(queued);
        } else {
            affinity.requeue(queued, queued.affinityQueue);
        }
        onQueued(queued);
    }

    private void onQueued(QueuedTask queued) {
        size++;
        limits.add(queued);
        callers.add(queued);
    }

    private void onRemoved(QueuedTask queued) {
        size--;
        limits.remove(queued);
        callers.remove(queued);
    }

    /** Queues a task again when its back-off is over. */
    void delay(QueuedTask queued) {
        queued.position = ++backPosition;
        delayed.add(queued);
        callers.add(queued);
    }

    /** A task that was removed has ended. */
    void release(QueuedTask queued) {
        if (queued.affinityQueue != null) {
            affinity.release(queued.affinityQueue);
        }
    }

    /** Queues those tasks again whose back-off is over. */
    void requeueDelayed(long now) {
        List<QueuedTask> due =
                delayed.stream().filter(queued -> now >= queued.readyAt).toList();
        for (int i = due.size() - 1; i >= 0; i--) {
            QueuedTask queued = due.get(i);
            delayed.remove(queued);
            callers.remove(queued);
            addFirst(queued);
        }
    }

    /**
     * The next task for the worker of this slot; {@code null} if there is none.
     *
     * @param boundOnly whether to leave out tasks that other workers could run as well
     */
    @Nullable
    QueuedTask firstFor(int slot, boolean boundOnly) {
        if (affinity.isEmpty()) {
            return boundOnly ? null : shared.first();
        }
        QueuedTask bound = affinity.firstOf(slot);
        return boundOnly ? bound : earlier(bound, earlier(shared.first(), affinity.firstUnbound(slot)));
    }

    private static @Nullable QueuedTask earlier(@Nullable QueuedTask one, @Nullable QueuedTask other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return QueuedTask.QUEUE_ORDER.compare(one, other) < 0 ? one : other;
    }

    /** Removes what {@link #firstFor} returned for this slot; tells whether another worker could have run it as well. */
    boolean removeFirst(QueuedTask queued, int slot) {
        onRemoved(queued);
        if (queued.affinityQueue != null) {
            return affinity.removeFirst(queued.affinityQueue, slot);
        }
        shared.remove(queued);
        return true;
    }

    /** All workers with room have been offered tasks. */
    void endAssignment() {
        affinity.endAssignment();
    }

    /** The tasks removed since the last call go to their worker in one batch. */
    void endBatch() {
        affinity.endBatch();
    }

    /** Removes the tasks that have waited for longer than their limit. */
    List<Task> removeExpired(long now) {
        return remove(limits.passed(now));
    }

    /** Removes the tasks for workers that were stopped or given up. */
    List<Task> removeUnassignable() {
        List<QueuedTask> unassignable = affinity.removeUnassignable();
        unassignable.forEach(this::onRemoved);
        return tasks(unassignable);
    }

    /** Removes the tasks of these callers. */
    List<Task> removeAllOf(Set<OutcomeSink> sinks) {
        return remove(callers.of(sinks));
    }

    List<Task> removeAll() {
        return remove(callers.all());
    }

    /** Removes these tasks: the queued ones in their order, then the delayed ones. */
    private List<Task> remove(List<QueuedTask> removed) {
        removed.sort(Comparator.comparing((QueuedTask queued) -> delayed.contains(queued))
                .thenComparing(QueuedTask.QUEUE_ORDER));
        for (QueuedTask queued : removed) {
            if (delayed.remove(queued)) {
                callers.remove(queued);
                release(queued);
            } else {
                removeQueued(queued);
            }
        }
        return tasks(removed);
    }

    private void removeQueued(QueuedTask queued) {
        onRemoved(queued);
        if (queued.affinityQueue == null) {
            shared.remove(queued);
        } else {
            affinity.remove(queued, queued.affinityQueue);
        }
    }

    private static List<Task> tasks(List<QueuedTask> removed) {
        return removed.stream().map(queued -> queued.task).toList();
    }

    int size() {
        return size;
    }

    /** How many tasks, or queues of a key, can go to any worker. */
    int shareable() {
        return shared.size() + affinity.unbound();
    }

    /** How many keys are bound to this slot. */
    int keysOf(int slot) {
        return affinity.keysOf(slot);
    }

    /** Tells whether no task is queued; some may be delayed. */
    boolean isEmpty() {
        return size == 0;
    }

    boolean hasNoDelayed() {
        return delayed.isEmpty();
    }
}
