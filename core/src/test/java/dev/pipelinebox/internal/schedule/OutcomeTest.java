package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Policies;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An outcome counts once, if its task is in flight in that attempt on the process that sends it. */
class OutcomeTest extends SchedulerFixture {

    @Test
    void anOutcomeCountsOnce() {
        ready(1, ONE);
        add(1);
        scheduler.assign();

        assertThat(scheduler.finish(1, 1, 1, 1))
                .singleElement()
                .extracting(finished -> finished.tasks().firstId())
                .isEqualTo(1L);
        assertThat(scheduler.finish(1, 1, 1, 1)).isEmpty();
    }

    @Test
    void outcomesCountInAnyOrder() {
        ready(1, MANY);
        add(1, 2, 3);
        scheduler.assign();

        assertThat(scheduler.finish(1, 3, 1, 1)).hasSize(1);
        assertThat(scheduler.finish(1, 1, 1, 1)).hasSize(1);
        assertThat(scheduler.finish(1, 2, 1, 1)).hasSize(1);
        assertThat(scheduler.isEmpty()).isTrue();
    }

    @Test
    void anOutcomeOfAnotherAttemptDoesNotCount() {
        ready(1, ONE);
        add(1);
        scheduler.assign();

        assertThat(scheduler.finish(1, 1, 1, 2)).isEmpty();
        assertThat(scheduler.isEmpty()).isFalse();
    }

    @Test
    void anOutcomeFromAnotherProcessDoesNotCount() {
        ready(1, ONE);
        ready(2, ONE);
        add(1);
        scheduler.assign();

        assertThat(scheduler.finish(2, 1, 1, 1)).isEmpty();
    }

    @Test
    void anOutcomeFromALostProcessDoesNotCountIfItsTaskRunsElsewhere() {
        ready(1, MANY);
        add(1, 2);
        scheduler.assign();
        scheduler.workerLost(1, Policies.SOME_END);
        ready(2, MANY);
        scheduler.assign();

        assertThat(scheduler.finish(1, 1, 1, 1)).isEmpty();
        assertThat(scheduler.finish(2, 1, 1, 1)).hasSize(1);
    }

    @Test
    void anOutcomeOfAReturnedTaskDoesNotCount() {
        ready(1, MANY);
        add(1, 2);
        scheduler.assign();
        scheduler.returned(1, List.of(2L));

        assertThat(scheduler.finish(1, 2, 1, 1)).isEmpty();
    }

    @Test
    void anOutcomeOfAnUnknownTaskDoesNotCount() {
        ready(1, ONE);

        assertThat(scheduler.finish(1, 99, 1, 1)).isEmpty();
    }
}
