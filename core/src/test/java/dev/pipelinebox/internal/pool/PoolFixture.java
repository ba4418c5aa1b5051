package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.pool.PoolPlan.EndEffect;
import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A pool plan without slots, and what its tests have in common. Processes are known by their numbers, in the order of their
 * launches; "a" and "b" are parameters.
 */
class PoolFixture {

    PoolPlan pool = new PoolPlan(Specs.settings(0));

    /** A new pool that keeps so many spares of each kind. */
    void keepSpares(int most) {
        pool = new PoolPlan(Specs.settings(most));
    }

    WorkerSlot add(int index, String parameters) {
        return pool.add(Specs.spec(index, parameters), Specs.listener());
    }

    /** Adds slots from 0, filled by the active processes from 1; returns the first slot. */
    WorkerSlot active(String... parameters) {
        WorkerSlot first = add(0, parameters[0]);
        for (int index = 1; index < parameters.length; index++) {
            add(index, parameters[index]);
        }
        actions();
        for (int process = 1; process <= parameters.length; process++) {
            ready(process);
        }
        actions();
        return first;
    }

    void readyAndActive(int process) {
        ready(process);
        assertThat(actions()).anyMatch(action -> action.startsWith("activate " + process + " "));
    }

    void ready(int process) {
        pool.onReady(record(process), new Demand(1, 1), Duration.ofSeconds(1));
    }

    void recyclingDue(int process) {
        pool.onRecyclingDue(record(process));
    }

    /** Its process has ended or is about to; the cause is not known yet. */
    void ends(int process) {
        pool.onEnding(record(process));
    }

    /** Its process is gone, and no cause is known that explains it. */
    EndEffect endsUnexpectedly(int process) {
        return pool.onGone(record(process), PoolPlan.Cause.DEATH);
    }

    EndEffect isKilledForALimit(int process) {
        return pool.onGone(record(process), PoolPlan.Cause.EXPLAINED);
    }

    EndEffect failsToStart(int process) {
        return pool.onGone(record(process), PoolPlan.Cause.START_FAILURE);
    }

    /** Not by us, and before its worker is built. */
    EndEffect isKilledAtItsStart(int process) {
        return pool.onGone(record(process), PoolPlan.Cause.KILLED_AT_START);
    }

    /** The back-off of this slot is over, and what follows is carried out. */
    void backOffEnds(int index) {
        pool.onBackoffOver(index);
        actions();
    }

    WorkerRecord record(long process) {
        return Objects.requireNonNull(pool.find(process), () -> "There is no process " + process);
    }

    /** The actions to carry out now, in words. */
    List<String> actions() {
        return pool.plan().stream().map(Specs::text).toList();
    }
}
