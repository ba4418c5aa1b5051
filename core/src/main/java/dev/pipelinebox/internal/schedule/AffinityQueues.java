package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.AffinityKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All {@link AffinityQueue}s with tasks, those of each slot ordered by their first tasks, and the slots of keys that have
 * no tasks now. An assignment costs the logarithm of the number of queues, however many tasks wait in them. Not
 * thread-safe.
 */
final class AffinityQueues {

    /** So many keys without tasks are remembered. */
    static final int MOST_REMEMBERED = 10_000;

    private final Map<AffinityKey, AffinityQueue> queues = new HashMap<>();
    /** The slots of keys without tasks, least recently used first. */
    private final Map<AffinityKey, Integer> remembered = new LinkedHashMap<>();

    private final Map<Integer, OpenSlot> openSlots = new HashMap<>();
    /** Opened before any worker was ready; their share of the keys is kept for them until they are ready. */
    private final Set<OpenSlot> awaitingTheirFirstWorker = new HashSet<>();
    /** Ready queues that may be bound to any slot. */
    private final NavigableSet<AffinityQueue> unbound = new TreeSet<>(AffinityQueue.BY_FIRST_TASK);
    /** Ready queues for a slot that is closed, and for no other. */
    private final NavigableSet<AffinityQueue> unassignable = new TreeSet<>(AffinityQueue.BY_FIRST_TASK);
    /** The queues with tasks in the current batch. */
    private final List<AffinityQueue> batch = new ArrayList<>();
    /** The slots that became ready for the first time since the last assignment. */
    private final List<OpenSlot> newlyReady = new ArrayList<>();
    /** Called with each slot for which a queue has become ready, or whose number of keys has changed. */
    private final IntConsumer onSlotChanged;
    /** How many keys are bound to open slots. */
    private int boundKeys;

    private static final class OpenSlot {
        /** Ready queues for this slot only. */
        final NavigableSet<AffinityQueue> ready = new TreeSet<>(AffinityQueue.BY_FIRST_TASK);
        /** How many keys are bound to the slot, with tasks or without. */
        int keys;
        /** The worker of the slot has been ready at least once. */
        boolean wasReady;
    }

    AffinityQueues(IntConsumer onSlotChanged) {
        this.onSlotChanged = onSlotChanged;
    }

    void openSlot(int slot) {
        if (openSlots.containsKey(slot)) {
            return;
        }
        OpenSlot openSlot = new OpenSlot();
        if (openSlots.values().stream().noneMatch(other -> other.wasReady)) {
            awaitingTheirFirstWorker.add(openSlot);
        }
        openSlots.put(slot, openSlot);
    }

    void onReady(int slot) {
        OpenSlot openSlot = openSlots.get(slot);
        if (openSlot != null && !openSlot.wasReady) {
            openSlot.wasReady = true;
            newlyReady.add(openSlot);
        }
    }

    /** All ready workers have been offered tasks, so no share of keys is kept for them any more. */
    void endAssignment() {
        newlyReady.forEach(awaitingTheirFirstWorker::remove);
        newlyReady.clear();
    }

    /** The slot is closed for good: keys that were bound to it are bound anew. */
    void closeSlot(int slot) {
        OpenSlot openSlot = openSlots.remove(slot);
        if (openSlot != null) {
            awaitingTheirFirstWorker.remove(openSlot);
            boundKeys -= openSlot.keys;
            onSlotChanged.accept(slot);
            openSlot.ready.forEach(queue -> readyQueuesOf(queue).add(queue));
        }
        remembered.values().removeIf(of -> of == slot);
    }

    void addLast(QueuedBatch queued, AffinityKey key) {
        AffinityQueue queue = queues.computeIfAbsent(key, this::open);
        dequeue(queue);
        queued.affinityQueue = queue;
        queue.waiting.addLast(queued);
        enqueue(queue);
    }

    private AffinityQueue open(AffinityKey key) {
        if (key instanceof AffinityKey.ForWorker only) {
            return new AffinityQueue(key, only.index());
        }
        Integer slot = remembered.remove(key);
        return new AffinityQueue(key, slot == null ? AffinityQueue.UNBOUND : slot);
    }

    /** An outstanding task waits again. */
    void requeue(QueuedBatch queued, AffinityQueue queue) {
        dequeue(queue);
        queue.outstanding--;
        queue.waiting.addFirst(queued);
        enqueue(queue);
    }

    /** An outstanding task does not come back. */
    void release(AffinityQueue queue) {
        dequeue(queue);
        queue.outstanding--;
        enqueue(queue);
    }

    /** The first task that is bound to this slot. */
    @Nullable
    QueuedBatch firstOf(int slot) {
        OpenSlot openSlot = openSlots.get(slot);
        return openSlot == null || openSlot.ready.isEmpty()
                ? null
                : openSlot.ready.first().first();
    }

    /** The first task of an unbound queue, if this slot may have another key. */
    @Nullable
    QueuedBatch firstUnbound(int slot) {
        return unbound.isEmpty() || hasShareOfKeys(slot)
                ? null
                : unbound.first().first();
    }

    private boolean hasShareOfKeys(int slot) {
        if (awaitingTheirFirstWorker.isEmpty()) {
            return false;
        }
        int keys = unbound.size() + boundKeys;
        return keysOf(slot) >= (keys + openSlots.size() - 1) / openSlots.size();
    }

    /** Tells whether no queue has a task; most programs use no keys. */
    boolean isEmpty() {
        return queues.isEmpty();
    }

    /** How many keys are bound to this slot. */
    int keysOf(int slot) {
        OpenSlot openSlot = openSlots.get(slot);
        return openSlot == null ? 0 : openSlot.keys;
    }

    /** How many queues are ready and not bound to a slot. */
    int unbound() {
        return unbound.size();
    }

    /** Moves the first task of this queue into the batch for a slot, to which the queue is bound from now on. */
    void removeFirst(AffinityQueue queue, int slot) {
        dequeue(queue);
        if (isUnbound(queue)) {
            queue.slot = slot;
            countKeys(slot, 1);
        }
        if (queue.outstanding == 0) {
            batch.add(queue);
        }
        queue.outstanding++;
        queue.mayFollow = !queue.waiting.removeFirst().policy().mayBeRetried();
        enqueue(queue);
    }

    private void countKeys(int slot, int change) {
        OpenSlot openSlot = openSlots.get(slot);
        if (openSlot != null) {
            openSlot.keys += change;
            boundKeys += change;
            onSlotChanged.accept(slot);
        }
    }

    /** The batch is complete: the next tasks of its queues wait until those of the batch have ended. */
    void endBatch() {
        for (AffinityQueue queue : batch) {
            dequeue(queue);
            queue.mayFollow = false;
            enqueue(queue);
        }
        batch.clear();
    }

    /** Removes a waiting task of this queue, at any position. */
    void remove(QueuedBatch queued, AffinityQueue queue) {
        dequeue(queue);
        queue.waiting.remove(queued);
        enqueue(queue);
    }

    /** Removes the tasks for workers that were stopped or given up. */
    List<QueuedBatch> removeUnassignable() {
        List<QueuedBatch> removed = new ArrayList<>();
        while (!unassignable.isEmpty()) {
            AffinityQueue queue = unassignable.first();
            dequeue(queue);
            while (!queue.waiting.isEmpty()) {
                removed.add(queue.waiting.removeFirst());
            }
            enqueue(queue);
        }
        return removed;
    }

    private void dequeue(AffinityQueue queue) {
        if (queue.isEnqueued) {
            readyQueuesOf(queue).remove(queue);
            queue.isEnqueued = false;
        }
    }

    private void enqueue(AffinityQueue queue) {
        if (queue.isReady()) {
            queue.isEnqueued = readyQueuesOf(queue).add(queue);
            onSlotChanged.accept(queue.slot);
        } else if (queue.isUnused()) {
            forget(queue);
        }
    }

    private NavigableSet<AffinityQueue> readyQueuesOf(AffinityQueue queue) {
        OpenSlot openSlot = openSlots.get(queue.slot);
        if (openSlot != null) {
            return openSlot.ready;
        }
        return isUnbound(queue) ? unbound : unassignable;
    }

    boolean isUnbound(AffinityQueue queue) {
        return !queue.isForOneWorker() && !openSlots.containsKey(queue.slot);
    }

    private void forget(AffinityQueue queue) {
        queues.remove(queue.key);
        if (queue.isForOneWorker() || isUnbound(queue)) {
            return;
        }
        remembered.put(queue.key, queue.slot);
        if (remembered.size() > MOST_REMEMBERED) {
            Map.Entry<AffinityKey, Integer> eldest =
                    remembered.entrySet().iterator().next();
            remembered.remove(eldest.getKey());
            countKeys(eldest.getValue(), -1);
        }
    }
}
