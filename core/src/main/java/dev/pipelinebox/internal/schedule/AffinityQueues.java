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
 * All {@link AffinityQueue}s with tasks, each in line for its place by its first task, and which place a key had that has no tasks
 * now. Handing out costs the logarithm of the number of lanes, however many tasks wait in them. Not thread-safe.
 */
final class AffinityQueues {

    /** So many keys without tasks are remembered. */
    static final int MOST_REMEMBERED = 10_000;

    private final Map<AffinityKey, AffinityQueue> lanes = new HashMap<>();
    /** The places of keys without tasks, those that were used longest ago first. */
    private final Map<AffinityKey, Integer> remembered = new LinkedHashMap<>();

    private final Map<Integer, Home> homes = new HashMap<>();
    /** They came with the first ones, and their share of the keys is kept for them until they are ready and have their turn. */
    private final Set<Home> awaited = new HashSet<>();
    /** Who is ready and may go anywhere. */
    private final NavigableSet<AffinityQueue> unbound = new TreeSet<>(AffinityQueue.BY_FIRST_TASK);
    /** Who is ready for a place that is gone, and may go nowhere else. */
    private final NavigableSet<AffinityQueue> stranded = new TreeSet<>(AffinityQueue.BY_FIRST_TASK);
    /** Who is part of the batch that is being made up. */
    private final List<AffinityQueue> batch = new ArrayList<>();
    /** Who was ready for the first time since the last turn. */
    private final List<Home> newcomers = new ArrayList<>();
    /** Told of each place for which a lane has become ready, or whose number of keys has changed. */
    private final IntConsumer onPlaceChanged;
    /** How many keys are bound to places that are there. */
    private int boundKeys;

    /** A place that is there. */
    private static final class Home {
        /** Who is ready for it and may go nowhere else. */
        final NavigableSet<AffinityQueue> ready = new TreeSet<>(AffinityQueue.BY_FIRST_TASK);
        /** How many keys are bound to it, with tasks or without. */
        int keys;
        /** Its worker has been ready once. */
        boolean wasReady;
    }

    AffinityQueues(IntConsumer onPlaceChanged) {
        this.onPlaceChanged = onPlaceChanged;
    }

    void openPlace(int place) {
        if (homes.containsKey(place)) {
            return;
        }
        Home home = new Home();
        if (homes.values().stream().noneMatch(other -> other.wasReady)) {
            awaited.add(home);
        }
        homes.put(place, home);
    }

    void onReady(int place) {
        Home home = homes.get(place);
        if (home != null && !home.wasReady) {
            home.wasReady = true;
            newcomers.add(home);
        }
    }

    /** All who are ready have had their turn, so nothing is kept for them any more. */
    void endTurn() {
        newcomers.forEach(awaited::remove);
        newcomers.clear();
    }

    /** The place is gone for good: keys that were bound to it are bound anew. */
    void closePlace(int place) {
        Home home = homes.remove(place);
        if (home != null) {
            awaited.remove(home);
            boundKeys -= home.keys;
            onPlaceChanged.accept(place);
            home.ready.forEach(lane -> lineOf(lane).add(lane));
        }
        remembered.values().removeIf(of -> of == place);
    }

    void addLast(QueuedTask entry, AffinityKey key) {
        AffinityQueue lane = lanes.computeIfAbsent(key, this::open);
        leaveLine(lane);
        entry.lane = lane;
        lane.waiting.addLast(entry);
        standInLine(lane);
    }

    private AffinityQueue open(AffinityKey key) {
        if (key instanceof AffinityKey.ForWorker only) {
            return new AffinityQueue(key, only.index());
        }
        Integer place = remembered.remove(key);
        return new AffinityQueue(key, place == null ? AffinityQueue.NOWHERE : place);
    }

    /** One that was away waits again. */
    void comeBack(QueuedTask entry, AffinityQueue lane) {
        leaveLine(lane);
        lane.away--;
        lane.waiting.addFirst(entry);
        standInLine(lane);
    }

    /** One that was away does not come back. */
    void leave(AffinityQueue lane) {
        leaveLine(lane);
        lane.away--;
        standInLine(lane);
    }

    /** The first task that only this place may have. */
    @Nullable
    QueuedTask firstOf(int place) {
        Home home = homes.get(place);
        return home == null || home.ready.isEmpty() ? null : home.ready.first().first();
    }

    /** The first task that binds its lane to this place, if it may have another key. */
    @Nullable
    QueuedTask firstUnbound(int place) {
        return unbound.isEmpty() || hasItsShare(place) ? null : unbound.first().first();
    }

    private boolean hasItsShare(int place) {
        if (awaited.isEmpty()) {
            return false;
        }
        int keys = unbound.size() + boundKeys;
        return keysOf(place) >= (keys + homes.size() - 1) / homes.size();
    }

    /** Tells whether no lane has a task; most programs have none. */
    boolean isEmpty() {
        return lanes.isEmpty();
    }

    /** How many keys are bound to this place. */
    int keysOf(int place) {
        Home home = homes.get(place);
        return home == null ? 0 : home.keys;
    }

    /** How many lanes are ready and may go anywhere. */
    int unbound() {
        return unbound.size();
    }

    /**
     * Makes the first of this lane part of the batch for a place, to which the lane is bound from now on; tells whether it
     * was not bound before.
     */
    boolean removeFirst(AffinityQueue lane, int place) {
        boolean wasUnbound = mayGoAnywhere(lane);
        leaveLine(lane);
        if (wasUnbound) {
            lane.place = place;
            countKeys(place, 1);
        }
        if (lane.away == 0) {
            batch.add(lane);
        }
        lane.away++;
        lane.mayFollow = !lane.waiting.removeFirst().task.policy().mayBeRetried();
        standInLine(lane);
        return wasUnbound;
    }

    private void countKeys(int place, int change) {
        Home home = homes.get(place);
        if (home != null) {
            home.keys += change;
            boundKeys += change;
            onPlaceChanged.accept(place);
        }
    }

    /** The batch is complete: whatever follows in its lanes waits until this has come to its end. */
    void endBatch() {
        for (AffinityQueue lane : batch) {
            leaveLine(lane);
            lane.mayFollow = false;
            standInLine(lane);
        }
        batch.clear();
    }

    /** Takes out one that waits in this lane, wherever it stands. */
    void remove(QueuedTask entry, AffinityQueue lane) {
        leaveLine(lane);
        lane.waiting.remove(entry);
        standInLine(lane);
    }

    /** Takes out who waits for a worker that will not come. */
    List<QueuedTask> removeStranded() {
        List<QueuedTask> removed = new ArrayList<>();
        while (!stranded.isEmpty()) {
            AffinityQueue lane = stranded.first();
            leaveLine(lane);
            while (!lane.waiting.isEmpty()) {
                removed.add(lane.waiting.removeFirst());
            }
            standInLine(lane);
        }
        return removed;
    }

    private void leaveLine(AffinityQueue lane) {
        if (lane.isInLine) {
            lineOf(lane).remove(lane);
            lane.isInLine = false;
        }
    }

    private void standInLine(AffinityQueue lane) {
        if (lane.isReady()) {
            lane.isInLine = lineOf(lane).add(lane);
            onPlaceChanged.accept(lane.place);
        } else if (lane.isIdle()) {
            forget(lane);
        }
    }

    private NavigableSet<AffinityQueue> lineOf(AffinityQueue lane) {
        Home home = homes.get(lane.place);
        if (home != null) {
            return home.ready;
        }
        return mayGoAnywhere(lane) ? unbound : stranded;
    }

    private boolean mayGoAnywhere(AffinityQueue lane) {
        return !lane.isForOneWorker() && !homes.containsKey(lane.place);
    }

    private void forget(AffinityQueue lane) {
        lanes.remove(lane.key);
        if (lane.isForOneWorker() || mayGoAnywhere(lane)) {
            return;
        }
        remembered.put(lane.key, lane.place);
        if (remembered.size() > MOST_REMEMBERED) {
            Map.Entry<AffinityKey, Integer> eldest =
                    remembered.entrySet().iterator().next();
            remembered.remove(eldest.getKey());
            countKeys(eldest.getValue(), -1);
        }
    }
}
