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
        Set<PoolPlan.EndEffect> met = new HashSet<>();
        for (long seed = 1; seed <= SEQUENCES; seed++) {
            Sequence sequence = new Sequence(seed);
            for (int step = 1; step <= STEPS; step++) {
                sequence.step();
            }
            sequence.settle();
            sequence.close();
            met.addAll(sequence.departures);
        }

        assertThat(met).as("all ends of processes were met").containsExactlyInAnyOrder(PoolPlan.EndEffect.values());
    }

    private static final class Sequence {
        private final long seed;
        private final Random random;
        private final int spares;
        private final PoolPlan pool;
        private final Map<Integer, WorkerSlot> open = new HashMap<>();
        private final Set<Integer> stopping = new HashSet<>();
        private final Set<Integer> rests = new HashSet<>();
        private final Set<PoolPlan.EndEffect> departures = new HashSet<>();
        private final Set<String> ordered = new HashSet<>();
        private final Map<Integer, Deaths> deaths = new HashMap<>();
        private int lastIndex = -1;
        private int step;

        Sequence(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.spares = random.nextInt(3);
            this.pool = new PoolPlan(Specs.settings(spares));
        }

        void step() {
            step++;
            int event = random.nextInt(100);
            if (event < 12) {
                add();
            } else if (event < 40) {
                any(record -> record.state() == State.STARTING).ifPresent(this::ready);
            } else if (event < 52) {
                any(record -> true).ifPresent(this::gone);
            } else if (event < 60) {
                any(record -> true).ifPresent(this::ends);
            } else if (event < 68) {
                any(record -> record.state() == State.ACTIVE).ifPresent(this::outcome);
            } else if (event < 78) {
                any(record -> record.state() == State.ACTIVE || record.state() == State.IDLE)
                        .ifPresent(record -> check(pool.onRecyclingDue(record), "who is not going may be worn"));
            } else if (event < 86) {
                List.copyOf(rests).forEach(this::rested);
            } else if (event < 92) {
                any(record -> record.state() == State.DRAINING).ifPresent(this::drained);
            } else if (event < 95) {
                any(record -> record.state() == State.ENDING).ifPresent(this::gone);
            } else if (event < 99) {
                any(WorkerRecord::hasEnded).ifPresent(this::gone);
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
                records(record -> record.state() == State.STARTING).forEach(this::ready);
                carryOut();
                records(record -> record.isLeaving() || record.hasEnded()).forEach(this::gone);
                carryOut();
            }
            check(stopping.isEmpty(), "each stopped place is gone");
            open.values().forEach(slot -> {
                check(slot.worker() != null && slot.worker().state() == State.ACTIVE, "each open place has a worker");
                check(!slot.worker().isDueForRecycling(), "who is worn is replaced");
                check(slot.replacement() == null, "no successor is left over");
                check(pool.slotOf(slot.worker()).equals(Optional.of(slot)), "it knows its place");
            });
            check(
                    open.values().stream().map(slot -> slot.worker()).distinct().count() == open.size(),
                    "no two places share a worker");
            checkNobodyIsLeaked();
        }

        void close() {
            boolean noPlaceIsGone = pool.close().isEmpty();
            check(noPlaceIsGone, "all places are filled");
            stopping.addAll(open.keySet());
            open.clear();
            carryOut();
            check(records(record -> record.state() != State.ENDING).isEmpty(), "everybody is sent home");
            records(record -> true).forEach(this::gone);
            carryOut();
            check(stopping.isEmpty(), "each place is told to be gone");
            check(pool.isEmpty(), "nothing is left");
        }

        private boolean isSettled() {
            return rests.isEmpty()
                    && records(record -> record.state() == State.STARTING || record.isLeaving() || record.hasEnded())
                            .isEmpty();
        }

        private void add() {
            if (open.size() < 6) {
                int index = ++lastIndex;
                String kind = random.nextBoolean() ? "a" : "b";
                open.put(index, pool.add(Specs.spec(index, kind), Specs.listener()));
            }
        }

        private void stop() {
            if (!open.isEmpty()) {
                int index = List.copyOf(open.keySet()).get(random.nextInt(open.size()));
                Optional<WorkerSlot> gone = pool.stop(index);
                check(gone.isPresent() == hasNoMember(index), "a place is gone at once if nobody is left of it");
                if (gone.isEmpty()) {
                    stopping.add(index);
                }
                open.remove(index);
            }
        }

        private void ready(WorkerRecord record) {
            boolean isWorker = isWorker(record);
            pool.onReady(record, new Demand(1, 1), Duration.ZERO);
            if (isWorker && record.hasEnded()) {
                deaths(record).ifPresent(deaths -> deaths.ended(record));
            }
        }

        private void outcome(WorkerRecord record) {
            pool.slot(record.index())
                    .ifPresent(slot ->
                            deaths(record).ifPresent(deaths -> deaths.outcome(record, slot.worker() == record)));
            pool.onOutcome(record);
        }

        private void ends(WorkerRecord record) {
            if (record.state() != State.STARTING && isWorker(record)) {
                deaths(record).ifPresent(deaths -> deaths.ended(record));
            }
            pool.onEnding(record);
        }

        private boolean isWorker(WorkerRecord record) {
            return pool.slotOf(record).isPresent();
        }

        private Optional<Deaths> deaths(WorkerRecord record) {
            return record.isSpare()
                    ? Optional.empty()
                    : Optional.of(deaths.computeIfAbsent(record.index(), index -> new Deaths()));
        }

        private void drained(WorkerRecord record) {
            pool.onDrained(record).ifPresent(this::checkEnd);
        }

        private void gone(WorkerRecord record) {
            PoolPlan.Cause cause = cause(record);
            boolean wasWorker = isWorker(record);
            PoolPlan.EndEffect departure = pool.onGone(record, cause);
            deaths(record).ifPresent(deaths -> deaths.gone(record, wasWorker, cause));
            departures.add(departure);
            boolean isLastOfStopped = stopping.contains(record.index()) && hasNoMember(record.index());
            check(
                    (departure == PoolPlan.EndEffect.STOPPED) == isLastOfStopped,
                    "a stopped place is gone with the last of it");
            if (isLastOfStopped) {
                stopping.remove(record.index());
            }
            if (departure == PoolPlan.EndEffect.GIVEN_UP) {
                open.remove(record.index());
            }
        }

        private PoolPlan.Cause cause(WorkerRecord record) {
            if (record.state() == State.STARTING) {
                return PoolPlan.Cause.START_FAILURE;
            }
            return random.nextBoolean() ? PoolPlan.Cause.DEATH : PoolPlan.Cause.EXPLAINED;
        }

        private boolean hasNoMember(int index) {
            return records(record -> record.index() == index).isEmpty();
        }

        private void rested(int index) {
            rests.remove(index);
            deaths.computeIfAbsent(index, any -> new Deaths()).rested();
            pool.onBackoffOver(index);
        }

        private void carryOut() {
            for (PoolAction action : pool.plan()) {
                check(
                        action instanceof PoolAction.BackOff || ordered.add(Specs.text(action)),
                        "nothing is ordered twice");
                if (action instanceof PoolAction.BackOff backOff) {
                    rests.add(backOff.index());
                } else if (action instanceof PoolAction.Launch launch) {
                    check(pool.find(launch.record().process()) == launch.record(), "who is launched is a member");
                    check(
                            !isWorker(launch.record())
                                    || deaths(launch.record())
                                            .filter(Deaths::mayHaveToRest)
                                            .isEmpty(),
                            "nobody is launched where it may have to be rested for the deaths before");
                } else if (action instanceof PoolAction.Activate activate) {
                    check(!activate.record().hasEnded(), "who has ended is not activated");
                    check(
                            activate.slot().worker() == activate.record()
                                    || activate.record().isDueForRecycling(),
                            "who is employed is the place's worker, or a worn spare that is already replaced");
                } else if (action instanceof PoolAction.Drain drain) {
                    check(drain.record().isLeaving(), "who is drained is going");
                } else if (action instanceof PoolAction.End end) {
                    checkEnd(end);
                }
            }
        }

        private void checkEnd(PoolAction.End end) {
            check(end.record().state() == State.ENDING, "who is ended is going");
        }

        private void checkNobodyIsLeaked() {
            Set<WorkerRecord> placed = new HashSet<>();
            open.values().forEach(slot -> {
                placed.add(slot.worker());
                placed.add(slot.replacement());
            });
            List<WorkerRecord> others =
                    records(record -> !placed.contains(record) && !record.isLeaving() && !hasEndedAtWork(record));
            check(others.stream().allMatch(WorkerRecord::isSpare), "who has no place is a spare");
            Map<Object, Long> kinds = others.stream()
                    .collect(Collectors.groupingBy(record -> record.spec().kind(), Collectors.counting()));
            check(kinds.values().stream().allMatch(count -> count <= spares), "no more spares than wanted");
            check(
                    open.values().stream()
                            .map(slot -> slot.spec().kind())
                            .collect(Collectors.toSet())
                            .containsAll(kinds.keySet()),
                    "no spares of a kind that is gone");
        }

        private static boolean hasEndedAtWork(WorkerRecord record) {
            return record.hasEnded() && !record.isSpare() && record.state() != State.STARTING;
        }

        private void checkNobodyIsWaitedForInVain() {
            open.values().forEach(slot -> {
                WorkerRecord worker = slot.worker();
                check(worker == null || !hasEndedAtWork(worker), "who has ended at work holds no place");
                check(
                        worker != null
                                || rests.contains(slot.index())
                                || !records(record -> record.index() == slot.index() && hasEndedAtWork(record))
                                        .isEmpty(),
                        "a free place is rested for, or for the reason of an end");
            });
        }

        private Optional<WorkerRecord> any(Predicate<WorkerRecord> which) {
            List<WorkerRecord> records = records(which);
            return records.isEmpty() ? Optional.empty() : Optional.of(records.get(random.nextInt(records.size())));
        }

        private List<WorkerRecord> records(Predicate<WorkerRecord> which) {
            return pool.records().stream().filter(which).toList();
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

        void ended(WorkerRecord record) {
            isRestOver &= !unknown.add(record);
        }

        void outcome(WorkerRecord record, boolean isWorker) {
            if (isWorker) {
                unknown.clear();
            }
            known = isWorker || unknown.contains(record) ? 0 : known;
        }

        void gone(WorkerRecord record, boolean wasWorker, PoolPlan.Cause cause) {
            boolean counts = unknown.remove(record) || wasWorker;
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
