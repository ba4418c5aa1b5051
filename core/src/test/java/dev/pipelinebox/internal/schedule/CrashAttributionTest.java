package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.TaskAttempt;
import dev.pipelinebox.internal.task.Batches;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which task is the cause of the end of a process, and when it is given up for that. */
class CrashAttributionTest extends SchedulerFixture {

    @Test
    void theTaskOfALostProcessIsRequeuedAndRunsOnAnotherProcess() {
        ready(1, ONE);
        add(1);
        scheduler.assign();

        Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);
        ready(2, ONE);

        assertThat(loss.requeued()).extracting(Task::id).containsExactly(1L);
        assertThat(loss.failed()).isEmpty();
        assertThat(assignedTo(2)).containsExactly(1L);
    }

    @Test
    void theTasksOfALostProcessAreRequeuedAtTheFrontInTheirOrder() {
        ready(1, new Demand(2, 1 << 20));
        addUpTo(4);
        scheduler.assign();
        scheduler.workerLost(1, Policies.SOME_END);

        assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void theLossOfAnIdleProcessConcernsNoTask() {
        ready(1, ONE);

        assertThat(scheduler.workerLost(1, Policies.SOME_END)).isEqualTo(Scheduler.Loss.NONE);
    }

    @Test
    void theOnlyTaskInFlightHasUsedAnAttempt() {
        ready(1, ONE);
        add(1);
        scheduler.assign();
        scheduler.workerLost(1, Policies.SOME_END);
        ready(2, ONE);

        assertThat(scheduler.assign())
                .singleElement()
                .extracting(Lease::attempt)
                .isEqualTo(2);
    }

    @Test
    void noneOfSeveralTasksInFlightHasUsedAnAttempt() {
        ready(1, MANY);
        add(1, 2);
        scheduler.assign();
        scheduler.workerLost(1, Policies.SOME_END);
        ready(2, ONE);
        ready(3, ONE);

        assertThat(scheduler.assign()).extracting(Lease::attempt).containsExactly(1, 1);
    }

    @Test
    void anEndIsExplainedIfItsTaskHasEndedAnotherProcessBefore() {
        add(1);
        ready(1, ONE);
        scheduler.assign();
        assertThat(scheduler.workerLost(1, Policies.SOME_END).isExplained()).isFalse();
        for (long process = 2; process <= 3; process++) {
            ready(process, ONE);
            scheduler.assign();
            assertThat(scheduler.workerLost(process, Policies.SOME_END).isExplained())
                    .isTrue();
        }
        ready(4, ONE);
        assertThat(scheduler.workerLost(4, Policies.SOME_END).isExplained()).isFalse();
    }

    @Test
    void aTaskIsGivenUpOnceItsAttemptsAreUsedUp() {
        add(1);
        for (long process = 1; process <= 2; process++) {
            ready(process, ONE);
            scheduler.assign();
            assertThat(scheduler.workerLost(process, Policies.SOME_END).failed())
                    .isEmpty();
        }
        ready(3, ONE);
        scheduler.assign();

        Scheduler.Loss loss = scheduler.workerLost(3, Policies.SOME_END);

        assertThat(loss.failed()).extracting(givenUp -> givenUp.task().id()).containsExactly(1L);
        assertThat(loss.requeued()).isEmpty();
        assertThat(scheduler.isEmpty()).isTrue();
    }

    @Test
    void aTaskWithOneAttemptIsGivenUpAtTheFirstCrash() {
        ready(1, ONE);
        scheduler.add(withOneAttempt(1));
        scheduler.assign();

        assertThat(scheduler.workerLost(1, Policies.SOME_END).failed())
                .extracting(givenUp -> givenUp.task().id())
                .containsExactly(1L);
    }

    @Nested
    class AttemptsOfATaskThatIsGivenUp {

        @Test
        void anAttemptHasItsWorkerItsTimeAndItsExit() {
            scheduler.add(withOneAttempt(1));
            at(200);
            ready(1, ONE);
            scheduler.assign();
            at(450);

            CrashAttribution.End end =
                    new CrashAttribution.End(7, Policies.SOME_END.exit(), Instant.ofEpochSecond(1000));
            List<CrashAttribution.GivenUp> failed = scheduler.workerLost(1, end).failed();

            assertThat(failed).singleElement().satisfies(givenUp -> {
                assertThat(givenUp.limit()).isNull();
                assertThat(givenUp.attempts())
                        .containsExactly(new TaskAttempt(
                                1,
                                7,
                                Instant.ofEpochSecond(1000).minusMillis(250),
                                Duration.ofMillis(250),
                                Policies.SOME_END.exit()));
            });
        }

        @Test
        void theLastTenAttemptsAreKept() {
            scheduler.add(Batches.of(1, null, Policies.attempts(12), CALLER));
            for (long process = 1; process <= 11; process++) {
                ready(process, ONE);
                scheduler.assign();
                scheduler.workerLost(process, Policies.SOME_END);
            }
            ready(12, ONE);
            scheduler.assign();

            List<CrashAttribution.GivenUp> failed =
                    scheduler.workerLost(12, Policies.SOME_END).failed();

            assertThat(failed)
                    .singleElement()
                    .satisfies(givenUp -> assertThat(givenUp.attempts())
                            .extracting(TaskAttempt::attempt)
                            .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        }

        @Test
        void crashesBeforeAPassedLimitAreKept() {
            scheduler.add(task(1, DEFAULTS.withHardTimeout(Duration.ofMillis(100))));
            ready(1, ONE);
            scheduler.assign();
            scheduler.workerLost(1, Policies.SOME_END);
            ready(2, ONE);
            scheduler.assign();
            at(100);
            scheduler.overdue();

            assertThat(scheduler.workerLost(2, Policies.SOME_END).failed())
                    .singleElement()
                    .satisfies(givenUp -> assertThat(givenUp.attempts())
                            .extracting(TaskAttempt::attempt)
                            .containsExactly(1, 2));
        }

        @Test
        void aCrashThatItWasOnlySuspectedOfIsNotKept() {
            ready(1, MANY);
            scheduler.add(withTwoAttempts(1));
            scheduler.add(withTwoAttempts(2));
            scheduler.assign();
            for (long process = 1; process <= 2; process++) {
                assertThat(scheduler.workerLost(process, Policies.SOME_END).failed())
                        .isEmpty();
                ready(process + 1, MANY);
                assertThat(assignedTo(process + 1)).containsExactly(1L);
            }

            assertThat(scheduler.workerLost(3, Policies.SOME_END).failed())
                    .singleElement()
                    .satisfies(givenUp -> assertThat(givenUp.attempts())
                            .extracting(TaskAttempt::attempt)
                            .containsExactly(1, 2));
        }
    }
}
