package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.pool.PoolPlan.EndEffect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a pool is closed. */
class CloseTest extends PoolFixture {

    @Test
    void aClosedPoolEndsAllProcesses() {
        keepSpares(1);
        active("a", "a");
        recyclingDue(1);
        actions();
        ready(3);
        actions();
        actions();

        assertThat(pool.close()).isEmpty();
        assertThat(actions())
                .containsExactlyInAnyOrder(pool.records().stream()
                        .map(record -> "end " + record.process())
                        .toArray(String[]::new))
                .contains("end 1", "end 2", "end 3");
        assertThat(actions()).isEmpty();

        List.copyOf(pool.records()).forEach(record -> pool.onGone(record, PoolPlan.Cause.DEATH));
        assertThat(pool.isEmpty()).isTrue();
        assertThat(actions()).isEmpty();
    }

    @Test
    void aSlotOfAClosedPoolIsClosedOnlyOnceItsDrainingProcessIsGoneToo() {
        active("a");
        recyclingDue(1);
        actions();
        ready(2);
        actions();

        assertThat(pool.close()).isEmpty();
        assertThat(actions()).containsExactly("end 1", "end 2");
        assertThat(endsUnexpectedly(2)).isEqualTo(EndEffect.UNNEEDED);
        assertThat(endsUnexpectedly(1)).isEqualTo(EndEffect.STOPPED);
        assertThat(pool.isEmpty()).isTrue();
    }

    @Test
    void aClosedPoolEndsTheDrainingProcessOfAStoppedSlot() {
        active("a");
        pool.stop(0);
        assertThat(actions()).containsExactly("drain 1");

        pool.close();

        assertThat(actions()).containsExactly("end 1");
    }

    @Test
    void aClosedPoolClosesSlotsWithoutAProcessAtOnce() {
        WorkerSlot backingOff = add(0, "a");
        add(1, "b");
        actions();
        failsToStart(1);
        actions();

        assertThat(pool.close()).containsExactly(backingOff);
        assertThat(pool.isEmpty()).isFalse();
    }

    @Test
    void aPoolWithoutSlotsIsClosedAtOnce() {
        pool.close();

        assertThat(pool.isEmpty()).isTrue();
        assertThat(pool.hasNoSlot()).isTrue();
    }

    @Test
    void endedProcessesAreNotReplacedInAClosedPool() {
        active("a", "a");
        ends(1);
        actions();

        pool.close();
        assertThat(actions()).contains("end 2", "end 3");
        ends(2);
        ends(3);
        assertThat(actions()).isEmpty();

        endsUnexpectedly(1);
        endsUnexpectedly(2);
        failsToStart(3);
        assertThat(pool.isEmpty()).isTrue();
    }
}
