package dev.pipelinebox.internal.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * How many processes take tasks, and which of them have room, the emptiest first. Only those that may have changed are
 * looked at again, so that the work for a message does not grow with the number of workers. Not thread-safe.
 */
final class InFlightIndex {

    /** The order of processes with room: the emptiest first, then the one whose slot has fewer keys, then the oldest. */
    record Rank(int size, int load, long arrival) {
        private static final Comparator<Rank> ORDER =
                Comparator.comparingInt(Rank::size).thenComparingInt(Rank::load).thenComparingLong(Rank::arrival);
    }

    private final NavigableMap<Rank, InFlight> withRoom = new TreeMap<>(Rank.ORDER);
    /** Those that may have changed since the last refresh. */
    private List<InFlight> changed = new ArrayList<>();

    private int open;
    /** How many tasks were in flight at the last refresh. */
    private int held;

    void mayHaveChanged(InFlight inFlight) {
        if (!inFlight.mayHaveChanged) {
            inFlight.mayHaveChanged = true;
            changed.add(inFlight);
        }
    }

    /** Updates the entries of those that may have changed, and returns them. */
    List<InFlight> refresh(IntUnaryOperator load) {
        List<InFlight> refreshed = changed;
        changed = new ArrayList<>();
        for (InFlight inFlight : refreshed) {
            inFlight.mayHaveChanged = false;
            leave(inFlight);
            enter(inFlight, load);
        }
        return refreshed;
    }

    private void enter(InFlight inFlight, IntUnaryOperator load) {
        inFlight.counted = inFlight.size();
        held += inFlight.counted;
        inFlight.isCountedOpen = inFlight.isOpen();
        open += inFlight.isCountedOpen ? 1 : 0;
        if (inFlight.hasRoom()) {
            Rank rank = new Rank(inFlight.size(), load.applyAsInt(inFlight.slot), inFlight.arrival);
            inFlight.rank = rank;
            withRoom.put(rank, inFlight);
        }
    }

    private void leave(InFlight inFlight) {
        held -= inFlight.counted;
        open -= inFlight.isCountedOpen ? 1 : 0;
        if (inFlight.rank != null) {
            withRoom.remove(inFlight.rank);
            inFlight.rank = null;
        }
    }

    /** The process is gone. */
    void remove(InFlight inFlight) {
        leave(inFlight);
        changed.remove(inFlight);
    }

    /** How many processes take tasks, with room or without. */
    int count() {
        return open;
    }

    Collection<InFlight> withRoom() {
        return withRoom.values();
    }

    /** Tells whether no process, open or not, has a task in flight. */
    boolean areEmpty() {
        int now = held;
        for (InFlight inFlight : changed) {
            now += inFlight.size() - inFlight.counted;
        }
        return now == 0;
    }
}
