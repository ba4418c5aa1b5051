package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.AffinityKey;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskBatch;
import java.util.ArrayList;
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
    private final Set<QueuedBatch> delayed = new LinkedHashSet<>();
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

    /** Queues new tasks: those with a key one by one, others together. */
    void add(TaskBatch tasks, long now) {
        if (tasks.policy().standing().key() == null) {
            addLast(new QueuedBatch(tasks, now));
        } else {
            for (int i = 0; i < tasks.count(); i++) {
                addLast(new QueuedBatch(tasks.slice(i, i + 1), now));
            }
        }
    }

    /** Queues tasks again, before all others and in their order; cancelled ones have ended instead. */
    void requeue(List<QueuedBatch> batches) {
        for (int i = batches.size() - 1; i >= 0; i--) {
            QueuedBatch queued = batches.get(i);
            if (queued.cancelled) {
                release(queued);
            } else {
                addFirst(queued);
            }
        }
    }

    /** Queues a new batch; with a key, of one task. */
    void addLast(QueuedBatch queued) {
        queued.position = ++backPosition;
        AffinityKey key = queued.policy().standing().key();
        if (key == null) {
            shared.addLast(queued);
        } else {
            affinity.addLast(queued, key);
        }
        onQueued(queued);
    }

    /** Queues a task again, before all others. */
    void addFirst(QueuedBatch queued) {
        queued.position = --frontPosition;
        if (queued.affinityQueue == null) {
            shared.addFirst(queued);
        } else {
            affinity.requeue(queued, queued.affinityQueue);
        }
        onQueued(queued);
    }

    private void onQueued(QueuedBatch queued) {
        size += queued.count();
        limits.add(queued);
        callers.add(queued);
    }

    private void onRemoved(QueuedBatch queued) {
        size -= queued.count();
        limits.remove(queued);
        callers.remove(queued);
    }

    /** Queues a task again when its back-off is over. */
    void delay(QueuedBatch queued) {
        queued.compact();
        queued.position = ++backPosition;
        delayed.add(queued);
        callers.add(queued);
    }

    /** A task that was removed has ended. */
    void release(QueuedBatch queued) {
        if (queued.affinityQueue != null) {
            affinity.release(queued.affinityQueue);
        }
    }

    /** Queues those tasks again whose back-off is over. */
    void requeueDelayed(long now) {
        List<QueuedBatch> due =
                delayed.stream().filter(queued -> now >= queued.readyAt).toList();
        for (int i = due.size() - 1; i >= 0; i--) {
            QueuedBatch queued = due.get(i);
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
    QueuedBatch firstFor(int slot, boolean boundOnly) {
        if (affinity.isEmpty()) {
            return boundOnly ? null : shared.first();
        }
        QueuedBatch bound = affinity.firstOf(slot);
        return boundOnly ? bound : earlier(bound, earlier(shared.first(), affinity.firstUnbound(slot)));
    }

    private static @Nullable QueuedBatch earlier(@Nullable QueuedBatch one, @Nullable QueuedBatch other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return QueuedBatch.QUEUE_ORDER.compare(one, other) < 0 ? one : other;
    }

    /** Tells of what {@link #firstFor} returned whether another worker could run it as well. */
    boolean isShareable(QueuedBatch queued) {
        return queued.affinityQueue == null || affinity.isUnbound(queued.affinityQueue);
    }

    /** Removes the first tasks, at most so many, of what {@link #firstFor} returned for this slot. */
    QueuedBatch removeFirst(QueuedBatch queued, int slot, int most) {
        if (most < queued.count()) {
            size -= most;
            return shared.removeFirst(queued, most);
        }
        onRemoved(queued);
        if (queued.affinityQueue == null) {
            shared.remove(queued);
        } else {
            affinity.removeFirst(queued.affinityQueue, slot);
        }
        return queued;
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
        List<QueuedBatch> unassignable = affinity.removeUnassignable();
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
    private List<Task> remove(List<QueuedBatch> removed) {
        removed.sort(Comparator.comparing((QueuedBatch queued) -> delayed.contains(queued))
                .thenComparing(QueuedBatch.QUEUE_ORDER));
        for (QueuedBatch queued : removed) {
            if (delayed.remove(queued)) {
                callers.remove(queued);
                release(queued);
            } else {
                removeQueued(queued);
            }
        }
        return tasks(removed);
    }

    private void removeQueued(QueuedBatch queued) {
        onRemoved(queued);
        if (queued.affinityQueue == null) {
            shared.remove(queued);
        } else {
            affinity.remove(queued, queued.affinityQueue);
        }
    }

    private static List<Task> tasks(List<QueuedBatch> removed) {
        List<Task> tasks = new ArrayList<>();
        for (QueuedBatch queued : removed) {
            tasks.addAll(queued.tasks.tasks());
        }
        return tasks;
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
