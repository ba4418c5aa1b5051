package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A running task that passes a time limit is interrupted, or its process is killed. */
class TimeLimitsTest extends SchedulerFixture {

    @Test
    void aTaskIsInterruptedOnceAtItsSoftLimit() {
        run(task(1, DEFAULTS.withSoftTimeout(Duration.ofMillis(100))));

        at(99);
        assertThat(timeoutActions()).isEmpty();

        at(100);
        assertThat(timeoutActions()).containsExactly("interrupt task 1 in process 1: SOFT");
        assertThat(timeoutActions()).isEmpty();
    }

    @Test
    void aTaskIsKilledOnceIfItStillRunsAfterTheGracePeriod() {
        run(task(1, DEFAULTS.withSoftTimeout(Duration.ofMillis(100))));
        at(100);
        scheduler.overdue();

        at(100 + GRACE - 1);
        assertThat(timeoutActions()).isEmpty();

        at(100 + GRACE);
        assertThat(timeoutActions()).containsExactly("kill process 1 for task 1: SOFT");
        assertThat(timeoutActions()).isEmpty();
    }

    @Test
    void anOutcomeAfterTheInterruptSaysSo() {
        run(task(1, DEFAULTS.withSoftTimeout(Duration.ofMillis(100))));
        at(100);
        scheduler.overdue();

        assertThat(scheduler.finish(1, 1, 1, 1))
                .singleElement()
                .extracting(Scheduler.Finished::wasInterrupted)
                .isEqualTo(true);
    }

    @Test
    void theNextAttemptDoesNotCountAsInterrupted() {
        run(task(1, DEFAULTS.withSoftTimeout(Duration.ofMillis(100))));
        at(100);
        scheduler.overdue();
        scheduler.workerLost(1, Policies.SOME_END);
        ready(2, ONE);
        at(1000);
        scheduler.assign();

        at(1099);
        assertThat(timeoutActions()).isEmpty();
        assertThat(scheduler.finish(2, 1, 1, 2))
                .singleElement()
                .extracting(Scheduler.Finished::wasInterrupted)
                .isEqualTo(false);
    }

    @Test
    void aTaskIsKilledAtOnceAtItsHardLimit() {
        run(task(1, DEFAULTS.withHardTimeout(Duration.ofMillis(100))));

        at(99);
        assertThat(timeoutActions()).isEmpty();

        at(100);
        assertThat(timeoutActions()).containsExactly("kill process 1 for task 1: HARD");
    }

    @Test
    void theHardLimitAppliesWithinTheGracePeriodToo() {
        run(task(1, DEFAULTS.withSoftTimeout(Duration.ofMillis(100)).withHardTimeout(Duration.ofMillis(200))));
        at(100);
        scheduler.overdue();

        at(200);
        assertThat(timeoutActions()).containsExactly("kill process 1 for task 1: HARD");
    }

    @Test
    void aTaskThatReportsNoProgressIsKilledAtItsStallLimit() {
        run(task(1, DEFAULTS.withStallTimeout(Duration.ofMillis(100))));

        at(99);
        assertThat(timeoutActions()).isEmpty();

        at(100);
        assertThat(timeoutActions()).containsExactly("kill process 1 for task 1: STALL");
    }

    @Test
    void theStallLimitStartsAtTheLastProgress() {
        run(task(1, DEFAULTS.withStallTimeout(Duration.ofMillis(100))));
        at(80);
        assertThat(scheduler.progress(1, 1, 1)).isTrue();

        at(179);
        assertThat(timeoutActions()).isEmpty();

        at(180);
        assertThat(timeoutActions()).containsExactly("kill process 1 for task 1: STALL");
    }

    @Test
    void progressOfAnEarlierAttemptDoesNotCount() {
        run(task(1, DEFAULTS.withStallTimeout(Duration.ofMillis(100))));
        scheduler.workerLost(1, Policies.SOME_END);
        ready(2, ONE);
        scheduler.assign();
        at(80);

        assertThat(scheduler.progress(2, 1, 1)).as("its first attempt").isFalse();
        assertThat(scheduler.progress(1, 1, 2)).as("from the lost process").isFalse();
        assertThat(scheduler.progress(2, 9, 1)).as("of an unknown task").isFalse();
        at(100);
        assertThat(timeoutActions()).containsExactly("kill process 2 for task 1: STALL");
    }

    @Test
    void progressBeforeACrashDoesNotCountForTheNextAttempt() {
        run(task(1, DEFAULTS.withStallTimeout(Duration.ofMillis(100))));
        at(90);
        scheduler.progress(1, 1, 1);
        at(95);
        scheduler.workerLost(1, Policies.SOME_END);
        ready(2, ONE);
        scheduler.assign();

        at(195);
        assertThat(timeoutActions()).containsExactly("kill process 2 for task 1: STALL");
    }

    @Test
    void onlyTheRunningTaskHasTimeLimits() {
        ready(1, MANY);
        add(1);
        scheduler.add(task(2, DEFAULTS.withHardTimeout(Duration.ofMillis(100))));
        scheduler.assign();

        at(1000);
        assertThat(timeoutActions()).isEmpty();
    }

    @Test
    void theTimeStartsWhenTheTaskBecomesTheRunningOne() {
        ready(1, MANY);
        add(1);
        scheduler.add(task(2, DEFAULTS.withHardTimeout(Duration.ofMillis(100))));
        scheduler.assign();
        at(500);
        scheduler.finish(1, 1, 1, 1);

        at(599);
        assertThat(timeoutActions()).isEmpty();

        at(600);
        assertThat(timeoutActions()).containsExactly("kill process 1 for task 2: HARD");
    }

    @Test
    void theTimeContinuesWhenATaskBehindItIsFinishedOrReturned() {
        ready(1, MANY);
        scheduler.add(task(1, DEFAULTS.withHardTimeout(Duration.ofMillis(100))));
        add(2, 3);
        scheduler.assign();
        at(50);
        scheduler.finish(1, 2, 1, 1);
        scheduler.returned(1, List.of(3L));

        at(100);
        assertThat(timeoutActions()).containsExactly("kill process 1 for task 1: HARD");
    }

    @Test
    void aTaskOnAProcessThatIsEndingHasNoTimeLimits() {
        run(task(1, DEFAULTS.withHardTimeout(Duration.ofMillis(100))));
        scheduler.ending(1);

        at(1000);
        assertThat(timeoutActions()).isEmpty();
    }

    @Test
    void aTaskOnAProcessThatWasAskedToStopStillHasTimeLimits() {
        run(task(1, DEFAULTS.withHardTimeout(Duration.ofMillis(100))));
        scheduler.stopRequested(1);

        at(100);
        assertThat(timeoutActions()).containsExactly("kill process 1 for task 1: HARD");
    }

    @Test
    void aProcessThatIsToBeKilledGetsNoMoreTasks() {
        ready(1, MANY);
        scheduler.add(task(1, DEFAULTS.withHardTimeout(Duration.ofMillis(100))));
        scheduler.assign();
        at(100);
        scheduler.overdue();

        add(2);
        assertThat(scheduler.assign()).isEmpty();
    }

    @Test
    void aKilledTaskIsGivenUpHoweverManyAttemptsAreLeft() {
        run(task(1, DEFAULTS.withHardTimeout(Duration.ofMillis(100)).withMaxAttempts(5)));
        at(100);
        scheduler.overdue();

        at(130);
        Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);

        assertThat(loss.requeued()).isEmpty();
        assertThat(loss.failed()).singleElement().satisfies(givenUp -> {
            assertThat(givenUp.task().id()).isEqualTo(1);
            assertThat(givenUp.limit()).isEqualTo(TimeoutAction.Limit.HARD);
            assertThat(givenUp.attempts()).singleElement().satisfies(attempt -> {
                assertThat(attempt.attempt()).isEqualTo(1);
                assertThat(attempt.lasted()).isEqualTo(Duration.ofMillis(130));
                assertThat(attempt.exit()).isEqualTo(Policies.SOME_END.exit());
            });
        });
        assertThat(scheduler.isEmpty()).isTrue();
    }

    @Test
    void theOtherTasksOfAKilledProcessAreRequeuedAndNotSuspect() {
        ready(1, MANY);
        scheduler.add(task(1, DEFAULTS.withHardTimeout(Duration.ofMillis(100))));
        add(2, 3);
        scheduler.assign();
        at(100);
        scheduler.overdue();

        Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);
        ready(2, MANY);

        assertThat(loss.failed()).extracting(givenUp -> givenUp.task().id()).containsExactly(1L);
        assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L, 3L);
        assertThat(scheduler.assign())
                .extracting(lease -> lease.tasks().firstId(), Lease::attempt)
                .containsExactly(tuple(2L, 1), tuple(3L, 1));
    }

    @Test
    void anOutcomeBeforeTheKillCountsAndNoTaskIsTheCause() {
        ready(1, MANY);
        scheduler.add(task(1, DEFAULTS.withHardTimeout(Duration.ofMillis(100))));
        scheduler.add(withTwoAttempts(2));
        scheduler.assign();
        at(100);
        scheduler.overdue();

        assertThat(scheduler.finish(1, 1, 1, 1)).hasSize(1);
        Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);

        assertThat(loss.failed()).isEmpty();
        assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L);
        ready(2, MANY);
        add(3);
        assertThat(assignedTo(2)).as("2 is no suspect").containsExactly(2L, 3L);
    }
}
