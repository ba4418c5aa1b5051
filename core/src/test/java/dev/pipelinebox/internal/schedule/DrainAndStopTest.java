package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of tasks when a process drains, stops or ends, and when the backlog is removed. */
class DrainAndStopTest extends SchedulerFixture {

    @Nested
    class WhenAProcessDrains {

        @Test
        void itReturnsItsTasksAndGetsNoMore() {
            ready(0, MANY);
            add(1, 2);
            scheduler.assign();

            assertThat(scheduler.drain(0)).containsExactly(1L, 2L);
            scheduler.returned(0, List.of(2L));
            assertThat(scheduler.assign()).isEmpty();
            assertThat(scheduler.workerLost(0, Policies.SOME_END).requeued())
                    .as("the process was not asked to stop, so 1 is the cause")
                    .extracting(Task::id)
                    .containsExactly(1L);
            ready(1, ONE);
            assertThat(scheduler.assign())
                    .extracting(lease -> lease.tasks().firstId() + " in attempt " + lease.attempt())
                    .containsExactly("1 in attempt 2");
        }

        @Test
        void itReturnsNothingIfItIsIdle() {
            ready(0, MANY);

            assertThat(scheduler.drain(0)).isEmpty();
        }
    }

    @Nested
    class WhenAProcessIsAskedToStop {

        @Test
        void itGetsNoMoreTasks() {
            ready(1, MANY);
            add(1);
            scheduler.assign();

            scheduler.stopRequested(1);
            add(2);
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(1, 1, 1, 1);
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void theQueuedTasksAreAssignedToTheOthers() {
            ready(1, MANY);
            ready(2, MANY);
            scheduler.stopRequested(1);
            add(1, 2);

            assertThat(assignedTo(2)).contains(1L);
        }

        @Test
        void itsOutcomesStillCount() {
            ready(1, ONE);
            add(1);
            scheduler.assign();
            scheduler.stopRequested(1);

            assertThat(scheduler.finish(1, 1, 1, 1)).hasSize(1);
        }

        @Test
        void itsTaskIsNotTheCauseOfItsEnd() {
            ready(1, MANY);
            scheduler.add(withOneAttempt(1));
            scheduler.assign();
            scheduler.stopRequested(1);

            Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);
            ready(2, MANY);

            assertThat(loss.requeued()).extracting(Task::id).containsExactly(1L);
            assertThat(loss.failed()).isEmpty();
            assertThat(scheduler.assign())
                    .singleElement()
                    .extracting(Lease::attempt)
                    .isEqualTo(1);
        }

        @Test
        void itsTasksAreNotSuspect() {
            ready(1, MANY);
            addUpTo(3);
            scheduler.assign();
            scheduler.stopRequested(1);
            scheduler.workerLost(1, Policies.SOME_END);
            ready(2, MANY);

            assertThat(assignedTo(2)).containsExactly(1L, 2L, 3L);
        }

        @Test
        void nothingIsRevokedFromTheOthersForIt() {
            ready(1, MANY);
            addUpTo(4);
            scheduler.assign();
            ready(2, MANY);
            scheduler.stopRequested(2);

            assertThat(revocationsInCall(5)).isEmpty();
        }
    }

    @Nested
    class WhenAProcessHasLostItsMaster {

        @Test
        void noTaskIsTheCauseButOneWithASingleAttemptIsGivenUp() {
            ready(1, ONE);
            ready(2, ONE);
            scheduler.add(withOneAttempt(1));
            scheduler.add(task(2, 0));
            scheduler.assign();
            scheduler.masterLost(1);
            scheduler.masterLost(2);

            Scheduler.Loss lossOfFirst = scheduler.workerLost(1, Policies.SOME_END);
            Scheduler.Loss lossOfSecond = scheduler.workerLost(2, Policies.SOME_END);

            assertThat(lossOfFirst.failed())
                    .extracting(givenUp -> givenUp.task().id())
                    .containsExactly(1L);
            assertThat(lossOfFirst.requeued()).isEmpty();
            assertThat(lossOfSecond.failed()).isEmpty();
            assertThat(lossOfSecond.requeued()).extracting(Task::id).containsExactly(2L);
            assertThat(lossOfSecond.isExplained()).isTrue();
        }
    }

    @Nested
    class WhenAProcessEndsByItself {

        @Test
        void itGetsNoMoreTasks() {
            ready(1, MANY);
            add(1);
            scheduler.assign();

            scheduler.ending(1);
            add(2);
            assertThat(scheduler.assign()).isEmpty();

            scheduler.finish(1, 1, 1, 1);
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void theQueuedTasksAreAssignedToTheOthers() {
            ready(1, MANY);
            ready(2, MANY);
            scheduler.ending(1);
            add(1, 2, 3, 4);

            assertThat(assignedTo(2)).containsExactly(1L, 2L, 3L, 4L);
        }

        @Test
        void itsOnlyTaskIsTheCause() {
            ready(1, ONE);
            scheduler.add(withOneAttempt(1));
            scheduler.assign();
            scheduler.ending(1);

            assertThat(scheduler.workerLost(1, Policies.SOME_END).failed())
                    .extracting(givenUp -> givenUp.task().id())
                    .containsExactly(1L);
        }

        @Test
        void nothingIsRevokedFromTheOthersForIt() {
            ready(1, MANY);
            addUpTo(4);
            scheduler.assign();
            ready(2, MANY);
            scheduler.ending(2);

            assertThat(revocationsInCall(5)).isEmpty();
        }
    }

    @Nested
    class WhenATaskCannotBeDelivered {

        @Test
        void itIsRemovedAndItsProcessGetsNoMoreTasks() {
            ready(1, MANY);
            add(1, 2);
            scheduler.assign();

            assertThat(scheduler.discard(1, List.of(2L))).extracting(Task::id).containsExactly(2L);
            add(3);
            assertThat(scheduler.assign()).isEmpty();
        }

        @Test
        void theOtherTaskIsNotTheCauseOfTheEndOfTheProcess() {
            ready(1, MANY);
            add(1, 2);
            scheduler.assign();
            scheduler.discard(1, List.of(2L));

            Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);
            ready(2, MANY);

            assertThat(loss.requeued()).extracting(Task::id).containsExactly(1L);
            assertThat(scheduler.assign())
                    .singleElement()
                    .extracting(Lease::attempt)
                    .isEqualTo(1);
        }
    }

    @Nested
    class WhenTheBacklogIsRemoved {

        @Test
        void allQueuedTasksAreRemovedInTheirOrder() {
            add(1, 2, 3);

            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(1L, 2L, 3L);
            assertThat(scheduler.removeQueued()).isEmpty();
            assertThat(scheduler.isEmpty()).isTrue();
        }

        @Test
        void tasksInFlightAreNotRemoved() {
            ready(1, ONE);
            add(1, 2);
            scheduler.assign();

            assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(2L);
            assertThat(scheduler.isEmpty()).isFalse();
            assertThat(scheduler.finish(1, 1, 1, 1)).hasSize(1);
            assertThat(scheduler.isEmpty()).isTrue();
        }
    }
}
