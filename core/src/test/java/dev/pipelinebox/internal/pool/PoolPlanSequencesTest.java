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

/** Random sequences of events; once failures stop, each slot must have its worker, whatever the events were. */
class PoolPlanSequencesTest {

    private static final int SEQUENCES = 4_000;
    private static final int STEPS = 60;

    @Test
    void eachOpenSlotHasOneWorkerAndNoProcessIsLeakedAfterAnySequenceOfEvents() {
        Set<PoolPlan.EndEffect> seenEffects = new HashSet<>();
        for (long seed = 1; seed <= SEQUENCES; seed++) {
            Sequence sequence = new Sequence(seed);
            for (int step = 1; step <= STEPS; step++) {
                sequence.step();
            }
            sequence.settle();
            sequence.close();
            seenEffects.addAll(sequence.endEffects);
        }

        assertThat(seenEffects)
                .as("all effects of ends have occurred")
                .containsExactlyInAnyOrder(PoolPlan.EndEffect.values());
    }

    private static final class Sequence {
        private final long seed;
        private final Random random;
        private final int spares;
        private final PoolPlan pool;
        private final Map<Integer, WorkerSlot> open = new HashMap<>();
        private final Set<Integer> stopping = new HashSet<>();
        private final Set<Integer> backingOff = new HashSet<>();
        private final Set<PoolPlan.EndEffect> endEffects = new HashSet<>();
        private final Set<String> planned = new HashSet<>();
        private final Map<Integer, ProcessEnds> processEnds = new HashMap<>();
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
                        .ifPresent(record -> check(
                                pool.onRecyclingDue(record), "a process that is not leaving may be due for recycling"));
            } else if (event < 86) {
                List.copyOf(backingOff).forEach(this::backOffEnds);
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
            checkNoProcessIsLeaked();
            checkEachWaitHasACause();
        }

        /** All workers are built, back-offs end, and processes that are leaving or have ended are gone. */
        void settle() {
            for (int rounds = 0; !isSettled(); rounds++) {
                check(rounds < 100, "the pool settles");
                List.copyOf(backingOff).forEach(this::backOffEnds);
                carryOut();
                records(record -> record.state() == State.STARTING).forEach(this::ready);
                carryOut();
                records(record -> record.isLeaving() || record.hasEnded()).forEach(this::gone);
                carryOut();
            }
            check(stopping.isEmpty(), "each stopped slot is closed");
            open.values().forEach(slot -> {
                check(slot.worker() != null && slot.worker().state() == State.ACTIVE, "each open slot has a worker");
                check(!slot.worker().isDueForRecycling(), "a worker due for recycling is replaced");
                check(slot.replacement() == null, "no replacement is left over");
                check(pool.slotOf(slot.worker()).equals(Optional.of(slot)), "the slot is found by its worker");
            });
            check(
                    open.values().stream().map(slot -> slot.worker()).distinct().count() == open.size(),
                    "no two slots share a worker");
            checkNoProcessIsLeaked();
        }

        void close() {
            boolean isNoSlotClosedAtOnce = pool.close().isEmpty();
            check(isNoSlotClosedAtOnce, "each slot has a process");
            stopping.addAll(open.keySet());
            open.clear();
            carryOut();
            check(records(record -> record.state() != State.ENDING).isEmpty(), "all processes are asked to end");
            records(record -> true).forEach(this::gone);
            carryOut();
            check(stopping.isEmpty(), "each slot is reported as closed");
            check(pool.isEmpty(), "no slot and no process is left");
        }

        private boolean isSettled() {
            return backingOff.isEmpty()
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
                Optional<WorkerSlot> closed = pool.stop(index);
                check(closed.isPresent() == hasNoProcess(index), "a slot is closed at once if it has no process");
                if (closed.isEmpty()) {
                    stopping.add(index);
                }
                open.remove(index);
            }
        }

        private void ready(WorkerRecord record) {
            boolean isWorker = isWorker(record);
            pool.onReady(record, new Demand(1, 1), Duration.ZERO);
            if (isWorker && record.hasEnded()) {
                processEnds(record).ifPresent(processEnds -> processEnds.ended(record));
            }
        }

        private void outcome(WorkerRecord record) {
            pool.slot(record.index())
                    .ifPresent(slot -> processEnds(record)
                            .ifPresent(processEnds -> processEnds.outcome(record, slot.worker() == record)));
            pool.onOutcome(record);
        }

        private void ends(WorkerRecord record) {
            if (record.state() != State.STARTING && isWorker(record)) {
                processEnds(record).ifPresent(processEnds -> processEnds.ended(record));
            }
            pool.onEnding(record);
        }

        private boolean isWorker(WorkerRecord record) {
            return pool.slotOf(record).isPresent();
        }

        private Optional<ProcessEnds> processEnds(WorkerRecord record) {
            return record.isSpare()
                    ? Optional.empty()
                    : Optional.of(processEnds.computeIfAbsent(record.index(), index -> new ProcessEnds()));
        }

        private void drained(WorkerRecord record) {
            pool.onDrained(record).ifPresent(this::checkEnd);
        }

        private void gone(WorkerRecord record) {
            PoolPlan.Cause cause = cause(record);
            boolean wasWorker = isWorker(record);
            PoolPlan.EndEffect endEffect = pool.onGone(record, cause);
            processEnds(record).ifPresent(processEnds -> processEnds.gone(record, wasWorker, cause));
            endEffects.add(endEffect);
            boolean isLastOfStopped = stopping.contains(record.index()) && hasNoProcess(record.index());
            check(
                    (endEffect == PoolPlan.EndEffect.STOPPED) == isLastOfStopped,
                    "a stopped slot is closed with its last process");
            if (isLastOfStopped) {
                stopping.remove(record.index());
            }
            if (endEffect == PoolPlan.EndEffect.GIVEN_UP) {
                open.remove(record.index());
            }
        }

        private PoolPlan.Cause cause(WorkerRecord record) {
            if (record.state() == State.STARTING) {
                return random.nextBoolean() ? PoolPlan.Cause.START_FAILURE : PoolPlan.Cause.KILLED_AT_START;
            }
            return random.nextBoolean() ? PoolPlan.Cause.DEATH : PoolPlan.Cause.EXPLAINED;
        }

        private boolean hasNoProcess(int index) {
            return records(record -> record.index() == index).isEmpty();
        }

        private void backOffEnds(int index) {
            backingOff.remove(index);
            processEnds.computeIfAbsent(index, any -> new ProcessEnds()).backOffEnds();
            pool.onBackoffOver(index);
        }

        private void carryOut() {
            for (PoolAction action : pool.plan()) {
                check(
                        action instanceof PoolAction.BackOff || planned.add(Specs.text(action)),
                        "no action is planned twice");
                if (action instanceof PoolAction.BackOff backOff) {
                    backingOff.add(backOff.index());
                } else if (action instanceof PoolAction.Launch launch) {
                    check(pool.find(launch.record().process()) == launch.record(), "a launched process has a record");
                    check(
                            !isWorker(launch.record())
                                    || processEnds(launch.record())
                                            .filter(ProcessEnds::mayHaveToBackOff)
                                            .isEmpty(),
                            "no process is launched in a slot that may have to back off for earlier ends");
                } else if (action instanceof PoolAction.Activate activate) {
                    check(!activate.record().hasEnded(), "an ended process is not activated");
                    check(
                            activate.slot().worker() == activate.record()
                                    || activate.record().isDueForRecycling(),
                            "an activated process is the slot's worker, or a spare due for recycling that is already replaced");
                } else if (action instanceof PoolAction.Drain drain) {
                    check(drain.record().isLeaving(), "a drained process is leaving");
                } else if (action instanceof PoolAction.End end) {
                    checkEnd(end);
                }
            }
        }

        private void checkEnd(PoolAction.End end) {
            check(end.record().state() == State.ENDING, "a process to end is in that state");
        }

        private void checkNoProcessIsLeaked() {
            Set<WorkerRecord> inSlots = new HashSet<>();
            open.values().forEach(slot -> {
                inSlots.add(slot.worker());
                inSlots.add(slot.replacement());
            });
            List<WorkerRecord> others =
                    records(record -> !inSlots.contains(record) && !record.isLeaving() && !hasEndedAfterReady(record));
            check(others.stream().allMatch(WorkerRecord::isSpare), "a process without a slot is a spare");
            Map<Object, Long> kinds = others.stream()
                    .collect(Collectors.groupingBy(record -> record.spec().kind(), Collectors.counting()));
            check(kinds.values().stream().allMatch(count -> count <= spares), "no more spares than wanted");
            check(
                    open.values().stream()
                            .map(slot -> slot.spec().kind())
                            .collect(Collectors.toSet())
                            .containsAll(kinds.keySet()),
                    "no spares of a kind without slots");
        }

        private static boolean hasEndedAfterReady(WorkerRecord record) {
            return record.hasEnded() && !record.isSpare() && record.state() != State.STARTING;
        }

        private void checkEachWaitHasACause() {
            open.values().forEach(slot -> {
                WorkerRecord worker = slot.worker();
                check(worker == null || !hasEndedAfterReady(worker), "a process that has ended does not fill a slot");
                check(
                        worker != null
                                || backingOff.contains(slot.index())
                                || !records(record -> record.index() == slot.index() && hasEndedAfterReady(record))
                                        .isEmpty(),
                        "a free slot is backing off, or awaits the cause of an end");
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

    /** What is known of the processes of a slot that have ended since one of them sent an outcome. */
    private static final class ProcessEnds {
        private final Set<WorkerRecord> unknown = new HashSet<>();
        private int known;
        /** The back-off for the last of them is over, or there was none. */
        private boolean isBackOffOver;

        void ended(WorkerRecord record) {
            isBackOffOver &= !unknown.add(record);
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
                isBackOffOver = false;
            } else if (counts && unknown.isEmpty()) {
                isBackOffOver = true;
            }
        }

        void backOffEnds() {
            isBackOffOver = true;
        }

        boolean mayHaveToBackOff() {
            return known + unknown.size() > 1 && !isBackOffOver;
        }
    }
}
