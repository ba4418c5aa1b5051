package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.pool.PoolPlan.EndEffect;
import dev.pipelinebox.internal.pool.WorkerRecord.State;
import org.junit.jupiter.api.Test;

/** How the workers of a machine that is to be left are replaced. */
class RetirementTest extends PoolFixture {

    @Test
    void aRetiredWorkerFinishesWhatItHoldsWhileAnotherTakesItsPlace() {
        active("a");

        pool.onRetired(record(1));

        assertThat(actions()).containsExactlyInAnyOrder("drain 1", "launch 2 for worker 0");
        assertThat(record(1).state()).isEqualTo(State.DRAINING);
        ready(2);
        assertThat(actions()).containsExactly("activate 2 as worker 0");
    }

    @Test
    void itsEndIsNoFailureOfItsSlot() {
        active("a");
        pool.onRetired(record(1));
        actions();

        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.UNNEEDED);
        assertThat(actions()).isEmpty();
    }

    @Test
    void oneThatIsNotBuiltYetEndsAtOnceAndCountsAsNoFailedStart() {
        add(0, "a");
        actions();

        pool.onRetired(record(1));

        assertThat(actions()).containsExactlyInAnyOrder("end 1", "launch 2 for worker 0");
        assertThat(failsToStart(1)).isEqualTo(EndEffect.UNNEEDED);
    }

    @Test
    void itIsRetiredOnce() {
        active("a");
        pool.onRetired(record(1));
        actions();

        pool.onRetired(record(1));

        assertThat(actions()).isEmpty();
    }
}
