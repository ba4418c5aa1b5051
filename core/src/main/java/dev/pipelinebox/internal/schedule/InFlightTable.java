package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.OutcomeSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What all workers hold, and who of them holds it for too long. Not thread-safe. */
final class InFlightTable {

    /** A hand that has brought nothing between so many looks is stuck with a long task. */
    private static final int QUIET_LOOKS = 2;

    private final Duration grace;
    private final Map<Long, InFlight> hands = new LinkedHashMap<>();
    /** Outcomes come in batches of one process. */
    private @Nullable InFlight askedLast;

    /** None yet; the grace is what a task has from its interrupt until its process is killed. */
    InFlightTable(Duration grace) {
        this.grace = grace;
    }

    void add(InFlight hand) {
        hands.put(hand.process, hand);
    }

    /** What this process holds; something empty for one that is not, or no longer, at work. */
    InFlight of(long process) {
        InFlight last = askedLast;
        if (last != null && last.process == process) {
            return last;
        }
        InFlight hand = hands.get(process);
        askedLast = hand;
        return hand == null ? new InFlight(process, AffinityQueue.NOWHERE, new Demand(0, 0)) : hand;
    }

    @Nullable
    InFlight remove(long process) {
        askedLast = null;
        return hands.remove(process);
    }

    /** Those that may get more, the emptiest first; of two that are alike, the one whose place has less. */
    List<InFlight> open(IntUnaryOperator load) {
        List<InFlight> open = new ArrayList<>(hands.size());
        for (InFlight hand : hands.values()) {
            if (!hand.isClosed) {
                open.add(hand);
            }
        }
        if (open.size() > 1) {
            open.sort(Comparator.comparingInt(InFlight::size).thenComparingInt(hand -> load.applyAsInt(hand.place)));
        }
        return open;
    }

    /** How many of them hold something. */
    int atWork() {
        return (int) hands.values().stream().filter(hand -> hand.size() > 0).count();
    }

    boolean areEmpty() {
        return hands.values().stream().allMatch(hand -> hand.size() == 0);
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
