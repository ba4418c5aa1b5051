package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.internal.task.Policies;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process is known from when it is ready until it is lost. */
class ReadinessTest extends SchedulerFixture {

    @Test
    void noMessageOfAnUnknownProcessCounts() {
        add(1);

        scheduler.demand(9, MANY);
        assertThat(scheduler.finish(9, 1, 1, 1)).isEmpty();
        assertThat(scheduler.retry(9, 1, 1, List::of)).isEmpty();
        assertThat(scheduler.progress(9, 1, 1)).isFalse();
        assertThat(scheduler.returned(9, List.of(1L))).isEqualTo(Scheduler.Loss.NONE);
        assertThat(scheduler.discard(9, List.of(1L))).isEmpty();
        assertThat(scheduler.isIdle(9)).isTrue();
        scheduler.masterLost(9);

        ready(9, ONE);
        assertThat(assignedTo(9)).containsExactly(1L);
    }

    @Test
    void anUnknownProcessCannotBeDrained() {
        assertThatThrownBy(() -> scheduler.drain(9))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("process 9");
    }

    @Test
    void aKnownProcessCannotBecomeReadyAgain() {
        ready(9, ONE);

        assertThatThrownBy(() -> ready(9, ONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("process 9");
    }

    @Test
    void aRequestToStopAnUnknownProcessHasNoEffect() {
        ready(1, ONE);
        add(1);

        scheduler.stopRequested(9);

        assertThat(assignedTo(1)).containsExactly(1L);
    }

    @Test
    void theEndOfAnUnknownProcessHasNoEffect() {
        ready(1, ONE);
        add(1);

        scheduler.ending(9);

        assertThat(assignedTo(1)).containsExactly(1L);
    }

    @Test
    void theLossOfAnUnknownProcessHasNoEffect() {
        add(1);

        assertThat(scheduler.workerLost(7, Policies.SOME_END)).isEqualTo(Scheduler.Loss.NONE);
        assertThat(scheduler.isEmpty()).isFalse();
    }

    @Test
    void aLostProcessIsUnknown() {
        ready(1, ONE);
        add(1);
        scheduler.assign();
        scheduler.workerLost(1, Policies.SOME_END);

        assertThat(scheduler.workerLost(1, Policies.SOME_END).requeued()).isEmpty();
        assertThat(scheduler.returned(1, List.of(1L))).isEqualTo(Scheduler.Loss.NONE);
    }
}
