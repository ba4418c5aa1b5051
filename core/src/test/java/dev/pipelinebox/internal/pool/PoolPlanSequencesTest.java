package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.pool.WorkerRecord.State;
import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random sequences of events; whatever they were, once the processes behave, everything is as it should be. */
class PoolPlanSequencesTest {

    private static final int SEQUENCES = 4_000;
    private static final int STEPS = 60;

    @Test
    void eachOpenPlaceHasOneWorkerAndNobodyIsLeakedWhateverHappens() {
        Set<PoolPlan.Departure> met = new HashSet<>();
        for (long seed = 1; seed <= SEQUENCES; seed++) {
            Sequence sequence = new Sequence(seed);
            for (int step = 1; step <= STEPS; step++) {
                sequence.step();
            }
            sequence.settle();
            sequence.close();
            met.addAll(sequence.departures);
        }

        assertThat(met).as("all ends of processes were met").containsExactlyInAnyOrder(PoolPlan.Departure.values());
    }

    private static final class Sequence {
        private final long seed;
        private final Random random;
        private final int spares;
        private final PoolPlan workforce;
        private final Map<Integer, WorkerSlot> open = new HashMap<>();
        private final Set<Integer> stopping = new HashSet<>();
        private final Set<Integer> rests = new HashSet<>();
        private final Set<PoolPlan.Departure> departures = new HashSet<>();
        private final Set<String> ordered = new HashSet<>();
        private final Map<Integer, Deaths> deaths = new HashMap<>();
        private int lastIndex = -1;
        private int step;

        Sequence(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.spares = random.nextInt(3);
            this.workforce = new PoolPlan(Specs.settings(spares));
        }

        void step() {
            step++;
            int event = random.nextInt(100);
            if (event < 12) {
                add();
            } else if (event < 40) {
                any(member -> member.state() == State.STARTING).ifPresent(this::ready);
            } else if (event < 52) {
                any(member -> true).ifPresent(this::gone);
            } else if (event < 60) {
                any(member -> true).ifPresent(this::ends);
            } else if (event < 68) {
                any(member -> member.state() == State.AT_WORK).ifPresent(this::outcome);
            } else if (event < 78) {
                any(member -> member.state() == State.AT_WORK || member.state() == State.IDLE)
                        .ifPresent(member -> check(workforce.onWorn(member), "who is not going may be worn"));
            } else if (event < 86) {
                List.copyOf(rests).forEach(this::rested);
            } else if (event < 92) {
                any(member -> member.state() == State.DRAINING).ifPresent(this::drained);
            } else if (event < 95) {
                any(member -> member.state() == State.ENDING).ifPresent(this::gone);
            } else if (event < 99) {
                any(WorkerRecord::isDying).ifPresent(this::gone);
            } else {
                stop();
            }
            carryOut();
            checkNobodyIsLeaked();
            checkNobodyIsWaitedForInVain();
        }

        /** Everything gets ready, rests are over, and who is to go goes. */
        void settle() {
            for (int rounds = 0; !isSettled(); rounds++) {
                check(rounds < 100, "it comes to rest");
                List.copyOf(rests).forEach(this::rested);
                carryOut();
                members(member -> member.state() == State.STARTING).forEach(this::ready);
                carryOut();
                members(member -> member.isGoing() || member.isDying()).forEach(this::gone);
                carryOut();
            }
            check(stopping.isEmpty(), "each stopped place is gone");
            open.values().forEach(place -> {
                check(
                        place.worker() != null && place.worker().state() == State.AT_WORK,
                        "each open place has a worker");
                check(!place.worker().isWorn(), "who is worn is replaced");
                check(place.successor() == null, "no successor is left over");
                check(workforce.placeOf(place.worker()).equals(Optional.of(place)), "it knows its place");
            });
            check(
                    open.values().stream()
                                    .map(place -> place.worker())
                                    .distinct()
                                    .count()
                            == open.size(),
                    "no two places share a worker");
            checkNobodyIsLeaked();
        }

        void close() {
            boolean noPlaceIsGone = workforce.close().isEmpty();
            check(noPlaceIsGone, "all places are filled");
            stopping.addAll(open.keySet());
            open.clear();
            carryOut();
            check(members(member -> member.state() != State.ENDING).isEmpty(), "everybody is sent home");
            members(member -> true).forEach(this::gone);
            carryOut();
            check(stopping.isEmpty(), "each place is told to be gone");
            check(workforce.isEmpty(), "nothing is left");
        }

        private boolean isSettled() {
            return rests.isEmpty()
                    && members(member -> member.state() == State.STARTING || member.isGoing() || member.isDying())
                            .isEmpty();
        }

        private void add() {
            if (open.size() < 6) {
                int index = ++lastIndex;
                String kind = random.nextBoolean() ? "a" : "b";
                open.put(index, workforce.add(Specs.spec(index, kind), Specs.listener()));
            }
        }

        private void stop() {
            if (!open.isEmpty()) {
                int index = List.copyOf(open.keySet()).get(random.nextInt(open.size()));
                Optional<WorkerSlot> gone = workforce.stop(index);
                check(gone.isPresent() == hasNoMember(index), "a place is gone at once if nobody is left of it");
                if (gone.isEmpty()) {
                    stopping.add(index);
                }
                open.remove(index);
            }
        }

        private void ready(WorkerRecord member) {
            boolean isWorker = isWorker(member);
            workforce.onReady(member, new Demand(1, 1), Duration.ZERO);
            if (isWorker && member.isDying()) {
                deaths(member).ifPresent(deaths -> deaths.ended(member));
            }
        }

        private void outcome(WorkerRecord member) {
            workforce
                    .place(member.index())
                    .ifPresent(place ->
                            deaths(member).ifPresent(deaths -> deaths.outcome(member, place.worker() == member)));
            workforce.onOutcome(member);
        }

        private void ends(WorkerRecord member) {
            if (member.state() != State.STARTING && isWorker(member)) {
                deaths(member).ifPresent(deaths -> deaths.ended(member));
            }
            workforce.onEnding(member);
        }

        private boolean isWorker(WorkerRecord member) {
            return workforce.placeOf(member).isPresent();
        }

        private Optional<Deaths> deaths(WorkerRecord member) {
            return member.isSpare()
                    ? Optional.empty()
                    : Optional.of(deaths.computeIfAbsent(member.index(), index -> new Deaths()));
        }

        private void drained(WorkerRecord member) {
            workforce.onDrained(member).ifPresent(this::checkEnd);
        }

        private void gone(WorkerRecord member) {
            PoolPlan.Cause cause = cause(member);
            boolean wasWorker = isWorker(member);
            PoolPlan.Departure departure = workforce.onGone(member, cause);
            deaths(member).ifPresent(deaths -> deaths.gone(member, wasWorker, cause));
            departures.add(departure);
            boolean isLastOfStopped = stopping.contains(member.index()) && hasNoMember(member.index());
            check(
                    (departure == PoolPlan.Departure.STOPPED) == isLastOfStopped,
                    "a stopped place is gone with the last of it");
            if (isLastOfStopped) {
                stopping.remove(member.index());
            }
            if (departure == PoolPlan.Departure.GIVEN_UP) {
                open.remove(member.index());
            }
        }

        private PoolPlan.Cause cause(WorkerRecord member) {
            if (member.state() == State.STARTING) {
                return PoolPlan.Cause.START_FAILURE;
            }
            return random.nextBoolean() ? PoolPlan.Cause.DEATH : PoolPlan.Cause.EXPLAINED;
        }

        private boolean hasNoMember(int index) {
            return members(member -> member.index() == index).isEmpty();
        }

        private void rested(int index) {
            rests.remove(index);
            deaths.computeIfAbsent(index, any -> new Deaths()).rested();
            workforce.onRested(index);
        }

        private void carryOut() {
            for (PoolAction order : workforce.plan()) {
                check(order instanceof PoolAction.Rest || ordered.add(Specs.text(order)), "nothing is ordered twice");
                if (order instanceof PoolAction.Rest rest) {
                    rests.add(rest.index());
                } else if (order instanceof PoolAction.Launch launch) {
                    check(
                            workforce.member(launch.member().process()) == launch.member(),
                            "who is launched is a member");
                    check(
                            !isWorker(launch.member())
                                    || deaths(launch.member())
                                            .filter(Deaths::mayHaveToRest)
                                            .isEmpty(),
                            "nobody is launched where it may have to be rested for the deaths before");
                } else if (order instanceof PoolAction.Employ employ) {
                    check(!employ.member().isDying(), "who is dying is not employed");
                    check(
                            employ.place().worker() == employ.member()
                                    || employ.member().isWorn(),
                            "who is employed is the place's worker, or a worn spare that is already replaced");
                } else if (order instanceof PoolAction.Drain drain) {
                    check(drain.member().isGoing(), "who is drained is going");
                } else if (order instanceof PoolAction.End end) {
                    checkEnd(end);
                }
            }
        }

        private void checkEnd(PoolAction.End end) {
            check(end.member().state() == State.ENDING, "who is ended is going");
        }

        private void checkNobodyIsLeaked() {
            Set<WorkerRecord> placed = new HashSet<>();
            open.values().forEach(place -> {
                placed.add(place.worker());
                placed.add(place.successor());
            });
            List<WorkerRecord> others =
                    members(member -> !placed.contains(member) && !member.isGoing() && !hasEndedAtWork(member));
            check(others.stream().allMatch(WorkerRecord::isSpare), "who has no place is a spare");
            Map<Object, Long> kinds = others.stream()
                    .collect(Collectors.groupingBy(member -> member.spec().kind(), Collectors.counting()));
            check(kinds.values().stream().allMatch(count -> count <= spares), "no more spares than wanted");
            check(
                    open.values().stream()
                            .map(place -> place.spec().kind())
                            .collect(Collectors.toSet())
                            .containsAll(kinds.keySet()),
                    "no spares of a kind that is gone");
        }

        private static boolean hasEndedAtWork(WorkerRecord member) {
            return member.isDying() && !member.isSpare() && member.state() != State.STARTING;
        }

        private void checkNobodyIsWaitedForInVain() {
            open.values().forEach(place -> {
                WorkerRecord worker = place.worker();
                check(worker == null || !hasEndedAtWork(worker), "who has ended at work holds no place");
                check(
                        worker != null
                                || rests.contains(place.index())
                                || !members(member -> member.index() == place.index() && hasEndedAtWork(member))
                                        .isEmpty(),
                        "a free place is rested for, or for the reason of an end");
            });
        }

        private Optional<WorkerRecord> any(Predicate<WorkerRecord> which) {
            List<WorkerRecord> members = members(which);
            return members.isEmpty() ? Optional.empty() : Optional.of(members.get(random.nextInt(members.size())));
        }

        private List<WorkerRecord> members(Predicate<WorkerRecord> which) {
            return workforce.members().stream().filter(which).toList();
        }

        private void check(boolean holds, String rule) {
            if (!holds) {
                assertThat(holds).as("seed %d, step %d: %s", seed, step, rule).isTrue();
            }
        }
    }

    /** What is known of those that filled a place and ended, since one of them brought an outcome. */
    private static final class Deaths {
        private final Set<WorkerRecord> unknown = new HashSet<>();
        private int known;
        /** It was rested for the last of them, or nothing has to be. */
        private boolean isRestOver;

        void ended(WorkerRecord member) {
            isRestOver &= !unknown.add(member);
        }

        void outcome(WorkerRecord member, boolean isWorker) {
            if (isWorker) {
                unknown.clear();
            }
            known = isWorker || unknown.contains(member) ? 0 : known;
        }

        void gone(WorkerRecord member, boolean wasWorker, PoolPlan.Cause cause) {
            boolean counts = unknown.remove(member) || wasWorker;
            if (counts && cause == PoolPlan.Cause.DEATH) {
                known++;
                isRestOver = false;
            } else if (counts && unknown.isEmpty()) {
                isRestOver = true;
            }
        }

        void rested() {
            isRestOver = true;
        }

        boolean mayHaveToRest() {
            return known + unknown.size() > 1 && !isRestOver;
        }
    }
}
