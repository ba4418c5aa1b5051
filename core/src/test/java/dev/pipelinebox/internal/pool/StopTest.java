package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.pool.PoolPlan.EndEffect;
import org.junit.jupiter.api.Test;

/** How a slot is stopped. */
class StopTest extends PoolFixture {

    @Test
    void aStoppedSlotDrainsItsWorkerAndIsClosedOnceThatIsGone() {
        WorkerSlot slot = active("a");

        assertThat(pool.stop(0)).as("not closed at once").isEmpty();
        assertThat(pool.slot(0)).contains(slot);
        assertThat(actions()).containsExactly("drain 1");
        assertThat(actions()).isEmpty();

        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.STOPPED);
        assertThat(pool.slot(0)).isEmpty();
        assertThat(pool.isEmpty()).isTrue();
    }

    @Test
    void aStoppedSlotEndsAProcessWhoseWorkerIsBeingBuilt() {
        add(0, "a");
        actions();

        pool.stop(0);
        assertThat(actions()).containsExactly("end 1");
        ready(1);
        assertThat(actions()).isEmpty();
        assertThat(failsToStart(1)).isEqualTo(EndEffect.STOPPED);
        assertThat(pool.isEmpty()).isTrue();
    }

    @Test
    void aSlotWithoutAProcessIsStoppedAtOnce() {
        WorkerSlot slot = add(0, "a");
        actions();
        failsToStart(1);
        actions();

        assertThat(pool.stop(0)).contains(slot);
        assertThat(pool.isEmpty()).isTrue();
        pool.onBackoffOver(0);
        assertThat(actions()).isEmpty();
    }

    @Test
    void aStoppedSlotEndsItsReplacementToo() {
        active("a");
        recyclingDue(1);
        actions();

        pool.stop(0);
        assertThat(actions()).containsExactly("drain 1", "end 2");
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.UNNEEDED);
        assertThat(actions()).isEmpty();
        assertThat(failsToStart(2)).as("the last process of the slot").isEqualTo(EndEffect.STOPPED);
        assertThat(pool.isEmpty()).isTrue();
    }

    @Test
    void aStoppedSlotIsClosedOnceItsWorkerIsGoneIfTheReplacementEndsFirst() {
        active("a");
        recyclingDue(1);
        actions();
        pool.stop(0);
        actions();

        assertThat(failsToStart(2)).isEqualTo(EndEffect.UNNEEDED);
        assertThat(actions()).isEmpty();
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.STOPPED);
        assertThat(pool.isEmpty()).isTrue();
    }

    @Test
    void aStoppedSlotIsClosedOnlyOnceItsDrainingProcessIsGoneToo() {
        activeWhileAnotherDrains();

        assertThat(pool.stop(0)).isEmpty();
        assertThat(actions()).containsExactly("drain 2");
        assertThat(actions()).isEmpty();

        assertThat(endsUnexpectedly(2)).isEqualTo(EndEffect.UNNEEDED);
        assertThat(pool.hasNoSlot()).isFalse();
        assertThat(actions()).isEmpty();
        assertThat(endsUnexpectedly(1)).as("the last process of the slot").isEqualTo(EndEffect.STOPPED);
        assertThat(pool.isEmpty()).isTrue();
    }

    @Test
    void aStoppedSlotIsClosedOnceItsWorkerIsGoneIfTheDrainingProcessEndsFirst() {
        activeWhileAnotherDrains();
        pool.stop(0);
        actions();

        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.UNNEEDED);
        assertThat(actions()).isEmpty();
        assertThat(endsUnexpectedly(2)).isEqualTo(EndEffect.STOPPED);
        assertThat(pool.isEmpty()).isTrue();
    }

    @Test
    void aStoppedSlotThatIsBackingOffIsClosedOnceItsDrainingProcessIsGone() {
        activeWhileAnotherDrains();
        endsUnexpectedly(2);
        actions();
        failsToStart(3);
        assertThat(actions()).containsExactly("back off worker 0 for 100 ms");

        assertThat(pool.stop(0)).isEmpty();
        assertThat(actions()).as("process 1 finishes its tasks").doesNotContain("end 1");
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.STOPPED);
        assertThat(pool.isEmpty()).isTrue();
    }

    @Test
    void aSlotIsStoppedOnce() {
        active("a");
        pool.stop(0);

        assertThat(pool.stop(0)).isEmpty();
        assertThat(pool.stop(9)).isEmpty();
    }

    @Test
    void aStoppedSlotIsClosedOnlyOnceItsEndedProcessIsGoneToo() {
        active("a");
        ends(1);
        actions();

        assertThat(pool.stop(0)).isEmpty();
        assertThat(actions()).contains("end 2");
        assertThat(failsToStart(2)).isEqualTo(EndEffect.UNNEEDED);
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.STOPPED);
        assertThat(actions()).isEmpty();
        assertThat(pool.isEmpty()).isTrue();
    }

    @Test
    void anEndedProcessIsNotReplacedInAStoppedSlot() {
        active("a");
        pool.stop(0);
        actions();

        ends(1);
        assertThat(actions()).isEmpty();
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.STOPPED);
    }

    private void activeWhileAnotherDrains() {
        active("a");
        recyclingDue(1);
        actions();
        ready(2);
        assertThat(actions()).containsExactly("activate 2 as worker 0", "drain 1");
    }
}
