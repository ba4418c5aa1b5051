package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of the tasks of a caller that cancels them. */
class CancellationTest extends SchedulerFixture {

    @Test
    void theQueuedTasksOfThatCallerAreDropped() {
        scheduler.add(task(1, CALLER));
        scheduler.add(task(2, OTHER_CALLER));
        scheduler.add(task(3, CALLER));

        Scheduler.Cancellation cancellation = scheduler.cancel(Set.of(CALLER));

        assertThat(cancellation.dropped()).extracting(Task::id).containsExactly(1L, 3L);
        assertThat(cancellation.inFlight()).isEmpty();
        assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(2L);
    }

    @Test
    void tasksInFlightAreNamedAndStillHaveAnOutcome() {
        ready(1, MANY);
        ready(2, MANY);
        scheduler.add(task(1, CALLER));
        scheduler.add(task(2, OTHER_CALLER));
        scheduler.add(task(3, CALLER));
        scheduler.assign();

        Scheduler.Cancellation cancellation = scheduler.cancel(Set.of(CALLER));

        assertThat(cancellation.dropped()).isEmpty();
        assertThat(cancellation.inFlight()).isEqualTo(Map.of(1L, List.of(1L), 2L, List.of(3L)));
        assertThat(scheduler.finish(1, 1, 1, 1)).as("it still has an outcome").hasSize(1);
    }

    @Test
    void aCancelledTaskOfALostProcessIsDropped() {
        ready(1, MANY);
        scheduler.add(task(1, CALLER));
        scheduler.add(task(2, OTHER_CALLER));
        scheduler.assign();
        scheduler.cancel(Set.of(CALLER));

        Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);

        assertThat(loss.dropped()).extracting(Task::id).containsExactly(1L);
        assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L);
        assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(2L);
    }

    @Test
    void aCancelledTaskThatIsReturnedIsDropped() {
        ready(1, MANY);
        add(1, 2);
        scheduler.assign();
        scheduler.cancel(Set.of(CALLER));

        assertThat(scheduler.returned(1, List.of(2L)).dropped())
                .extracting(Task::id)
                .containsExactly(2L);
        assertThat(scheduler.removeQueued()).isEmpty();
    }

    @Test
    void aCancelledTaskIsDroppedInsteadOfGivenUp() {
        ready(1, ONE);
        scheduler.add(withOneAttempt(1));
        scheduler.assign();
        scheduler.cancel(Set.of(CALLER));

        Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);

        assertThat(loss.dropped()).extracting(Task::id).containsExactly(1L);
        assertThat(loss.failed()).isEmpty();
    }

    @Test
    void theTasksOfSeveralCallersAreCancelledAtOnce() {
        OutcomeSink thirdCaller = (taskId, outcome) -> {};
        ready(1, new Demand(3, 1 << 20));
        long id = 0;
        for (int round = 0; round < 2; round++) {
            for (OutcomeSink caller : List.of(CALLER, OTHER_CALLER, thirdCaller)) {
                scheduler.add(task(++id, caller));
            }
        }
        scheduler.assign();

        Scheduler.Cancellation cancellation = scheduler.cancel(Set.of(CALLER, thirdCaller));

        assertThat(cancellation.dropped()).extracting(Task::id).containsExactly(4L, 6L);
        assertThat(cancellation.inFlight()).isEqualTo(Map.of(1L, List.of(1L, 3L)));
        assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(5L);
    }

    @Test
    void nothingIsCancelledForACallerWithoutTasks() {
        add(1);

        assertThat(scheduler.cancel(Set.of(OTHER_CALLER))).isEqualTo(new Scheduler.Cancellation(List.of(), Map.of()));
    }

    @Nested
    class WhenACancelledTaskRunsOn {

        @Test
        void itIsKilledAfterTheGracePeriod() {
            run(task(1, 0));
            at(100);
            scheduler.cancel(Set.of(CALLER));

            at(100 + GRACE - 1);
            assertThat(timeoutActions()).isEmpty();

            at(100 + GRACE);
            assertThat(timeoutActions()).containsExactly("kill process 1 for task 1: CANCELLED");
        }

        @Test
        void itsGracePeriodStartsWhenItIsFirstCancelled() {
            run(task(1, 0));
            scheduler.cancel(Set.of(CALLER));
            at(GRACE - 1);
            scheduler.cancel(Set.of(CALLER));

            at(GRACE);
            assertThat(timeoutActions()).hasSize(1);
        }

        @Test
        void itsGracePeriodStartsNoEarlierThanItsRun() {
            ready(1, MANY);
            scheduler.add(task(1, OTHER_CALLER));
            add(2);
            scheduler.assign();
            scheduler.cancel(Set.of(CALLER));
            at(1000);
            scheduler.finish(1, 1, 1, 1);

            at(1000 + GRACE - 1);
            assertThat(timeoutActions()).isEmpty();

            at(1000 + GRACE);
            assertThat(timeoutActions()).containsExactly("kill process 1 for task 2: CANCELLED");
        }

        @Test
        void itIsNoLongerInterruptedAtItsSoftLimit() {
            run(task(1, DEFAULTS.withSoftTimeout(Duration.ofMillis(100))));
            scheduler.cancel(Set.of(CALLER));

            at(100);
            assertThat(timeoutActions()).isEmpty();
        }

        @Test
        void itIsDroppedWithoutAFailureWhenItsProcessIsLost() {
            ready(1, MANY);
            scheduler.add(task(1, 0));
            scheduler.add(task(2, OTHER_CALLER));
            scheduler.assign();
            scheduler.cancel(Set.of(CALLER));
            at(GRACE);
            scheduler.overdue();

            Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);

            assertThat(loss.dropped()).extracting(Task::id).containsExactly(1L);
            assertThat(loss.failed()).isEmpty();
            assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L);
        }
    }
}
