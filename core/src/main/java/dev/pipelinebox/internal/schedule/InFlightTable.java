package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.OutcomeSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all workers hold, and who of them holds it for too long. Not thread-safe. */
final class InFlightTable {

    /** A hand that has brought nothing between so many looks is stuck with a long task. */
    private static final int QUIET_LOOKS = 2;

    private final Duration grace;
    private final Map<Long, InFlight> hands = new LinkedHashMap<>();
    /** Who came last for each place; who came before gets no more. */
    private final Map<Integer, InFlight> ofPlaces = new HashMap<>();

    private final InFlightIndex index = new InFlightIndex();
    private long arrivals;
    /** Outcomes come in batches of one process. */
    private @Nullable InFlight askedLast;

    /** None yet; the grace is what a task has from its interrupt until its process is killed. */
    InFlightTable(Duration grace) {
        this.grace = grace;
    }

    void add(InFlight hand) {
        if (hands.putIfAbsent(hand.process, hand) != null) {
            throw new IllegalStateException("process " + hand.process + " became ready twice");
        }
        hand.arrival = ++arrivals;
        ofPlaces.put(hand.place, hand);
        index.mayHaveChanged(hand);
    }

    /** What this process holds, which takes tasks, or finishes those that it has; it is the master's mistake if it does not. */
    InFlight atWork(long process) {
        InFlight hand = ifAtWork(process);
        if (hand == null) {
            throw new IllegalStateException(
                    "process " + process + " takes no tasks: it is not ready yet, or it is gone");
        }
        return hand;
    }

    /** What this process holds; {@code null} if it is not at work yet, or no longer, so that what it sends does not count. */
    @Nullable
    InFlight ifAtWork(long process) {
        InFlight last = askedLast;
        InFlight hand = last != null && last.process == process ? last : hands.get(process);
        if (hand != null) {
            askedLast = hand;
            index.mayHaveChanged(hand);
        }
        return hand;
    }

    @Nullable
    InFlight remove(long process) {
        askedLast = null;
        InFlight hand = hands.remove(process);
        if (hand != null) {
            ofPlaces.remove(hand.place, hand);
            index.remove(hand);
        }
        return hand;
    }

    /** There may be something for this place now, or another number of keys is bound to it. */
    void placeChanged(int place) {
        InFlight hand = ofPlaces.get(place);
        if (hand != null) {
            index.mayHaveChanged(hand);
        }
    }

    /** Something has changed that has to do with all. */
    void allChanged() {
        hands.values().forEach(index::mayHaveChanged);
    }

    InFlightIndex index() {
        return index;
    }

    /** How many of them hold something. */
    int atWork() {
        return (int) hands.values().stream().filter(hand -> hand.size() > 0).count();
    }

    boolean areEmpty() {
        return index.holdNothing();
    }

    /** Which running tasks have passed a limit. Each is told once, and once more if it is killed. */
    List<TimeoutAction> overdue(long now) {
        List<TimeoutAction> verdicts = new ArrayList<>();
        hands.values()
                .forEach(hand -> TimeoutAction.of(hand, grace, now).ifPresent(verdict -> {
                    QueuedTask running = hand.first();
                    if (running != null && verdict.kill()) {
                        hand.sentence = new InFlight.Sentence(running, verdict.limit());
                        hand.isClosed = true;
                        index.mayHaveChanged(hand);
                    } else if (running != null) {
                        running.interrupted = true;
                        running.interruptedAt = now;
                    }
                    verdicts.add(verdict);
                }));
        return verdicts;
    }

    /**
     * What should be given back, all but the first of the hand: since that one takes long while others could do the rest,
     * or since one has waited too long for its start.
     */
    Map<Long, List<Long>> stuck(boolean othersWait, long now) {
        Map<Long, List<Long>> revoked = new HashMap<>();
        boolean othersCould =
                othersWait || hands.values().stream().anyMatch(hand -> hand.size() == 0 && !hand.isClosed);
        for (InFlight hand : hands.values()) {
            boolean isStuck = hand.isStuckAfterAnotherLook(QUIET_LOOKS);
            if (((isStuck && othersCould) || hand.holdsExpired(now)) && !hand.isGivingBack) {
                revoked.put(hand.process, hand.revokeAllButFirst());
                index.mayHaveChanged(hand);
            }
        }
        return revoked;
    }

    /** Takes back all that is not started. */
    Map<Long, List<Long>> revokeAll() {
        Map<Long, List<Long>> revoked = new HashMap<>();
        for (InFlight hand : hands.values()) {
            if (hand.size() > 0) {
                revoked.put(hand.process, hand.revokeAll());
            }
        }
        return revoked;
    }

    /** Marks the tasks of some callers as cancelled, and names them. */
    Map<Long, List<Long>> cancel(Set<OutcomeSink> sinks, long now) {
        Map<Long, List<Long>> cancelled = new HashMap<>();
        for (InFlight hand : hands.values()) {
            for (QueuedTask entry : hand.entries()) {
                if (sinks.contains(entry.task.sink())) {
                    entry.cancel(now);
                    cancelled
                            .computeIfAbsent(hand.process, process -> new ArrayList<>())
                            .add(entry.task.id());
                }
            }
        }
        return cancelled;
    }
}
