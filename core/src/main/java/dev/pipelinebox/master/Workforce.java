package dev.pipelinebox.master;

import akka.actor.typed.ActorRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The workers of a master: which place is filled by which process, and what has been going wrong with it. */
final class Workforce {

    /** A worker's place. */
    static final class Place {
        final WorkerSpec spec;
        final WorkerSlot slot;
        long process;

        @Nullable
        ActorRef<WorkerEntry.Command> entry;

        /** How often in a row it ended before it had brought an outcome. */
        int failures;

        boolean stopping;

        private Place(WorkerSpec spec, WorkerSlot slot) {
            this.spec = spec;
            this.slot = slot;
        }
    }

    private final Map<Integer, Place> byIndex = new TreeMap<>();
    private final Map<Long, Place> byProcess = new HashMap<>();
    private long lastProcess;

    Place add(WorkerSpec spec, WorkerSlot slot) {
        Place place = new Place(spec, slot);
        byIndex.put(spec.index(), place);
        return place;
    }

    long nextProcess() {
        return ++lastProcess;
    }

    void fill(Place place, long process, ActorRef<WorkerEntry.Command> entry) {
        place.process = process;
        place.entry = entry;
        byProcess.put(process, place);
    }

    @Nullable
    Place byIndex(int index) {
        return byIndex.get(index);
    }

    @Nullable
    Place byProcess(long process) {
        return byProcess.get(process);
    }

    void vacate(Place place) {
        byProcess.remove(place.process);
        place.entry = null;
    }

    void remove(Place place) {
        byIndex.remove(place.spec.index());
    }

    Collection<Place> places() {
        return byIndex.values();
    }

    boolean isEmpty() {
        return byIndex.isEmpty();
    }
}
