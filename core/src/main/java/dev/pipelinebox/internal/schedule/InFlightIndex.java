package dev.pipelinebox.internal.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * How many hands may get more, and which of them have room, the emptiest first. Only hands that may have changed are looked
 * at again, so that the work for a message does not grow with the number of workers. Not thread-safe.
 */
final class InFlightIndex {

    /** Where a hand with room stands: the emptiest first; of two that are alike, the one whose place has less. */
    record Rank(int size, int load, long arrival) {
        private static final Comparator<Rank> ORDER =
                Comparator.comparingInt(Rank::size).thenComparingInt(Rank::load).thenComparingLong(Rank::arrival);
    }

    private final NavigableMap<Rank, InFlight> withRoom = new TreeMap<>(Rank.ORDER);
    /** Those that may have changed since they were looked at last. */
    private List<InFlight> changed = new ArrayList<>();

    private int open;
    /** How many tasks they all held when they were looked at last. */
    private int held;

    void mayHaveChanged(InFlight hand) {
        if (!hand.mayHaveChanged) {
            hand.mayHaveChanged = true;
            changed.add(hand);
        }
    }

    /** Looks at those that may have changed, and returns them. */
    List<InFlight> lookAgain(IntUnaryOperator load) {
        List<InFlight> looked = changed;
        changed = new ArrayList<>();
        for (InFlight hand : looked) {
            hand.mayHaveChanged = false;
            leave(hand);
            enter(hand, load);
        }
        return looked;
    }

    private void enter(InFlight hand, IntUnaryOperator load) {
        hand.counted = hand.size();
        held += hand.counted;
        hand.isCountedOpen = !hand.isClosed;
        open += hand.isCountedOpen ? 1 : 0;
        if (hand.hasRoom()) {
            Rank rank = new Rank(hand.size(), load.applyAsInt(hand.place), hand.arrival);
            hand.rank = rank;
            withRoom.put(rank, hand);
        }
    }

    private void leave(InFlight hand) {
        held -= hand.counted;
        open -= hand.isCountedOpen ? 1 : 0;
        if (hand.rank != null) {
            withRoom.remove(hand.rank);
            hand.rank = null;
        }
    }

    /** It is there no more. */
    void remove(InFlight hand) {
        leave(hand);
        changed.remove(hand);
    }

    /** How many may get more, with room or without. */
    int count() {
        return open;
    }

    Collection<InFlight> withRoom() {
        return withRoom.values();
    }

    /** Tells whether no hand, open or not, holds anything. */
    boolean holdNothing() {
        int since =
                changed.stream().mapToInt(hand -> hand.size() - hand.counted).sum();
        return held + since == 0;
    }
}
