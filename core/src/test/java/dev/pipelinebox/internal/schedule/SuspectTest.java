package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import org.junit.jupiter.api.Test;

/**
 * If several tasks are in flight on a process that crashes, each is suspect, and runs alone, until the cause is found or it
 * has finished.
 */
class SuspectTest extends SchedulerFixture {

    @Test
    void tasksInFlightOnALostProcessRunAlone() {
        ready(1, MANY);
        add(1, 2);
        scheduler.assign();
        add(3);
        scheduler.workerLost(1, Policies.SOME_END);
        ready(2, MANY);

        assertThat(assignedTo(2)).containsExactly(1L);
        scheduler.finish(2, 1, 1, 1);
        assertThat(assignedTo(2)).containsExactly(2L);
        scheduler.finish(2, 2, 1, 1);
        assertThat(assignedTo(2)).containsExactly(3L);
    }

    @Test
    void aSuspectIsNotAssignedToAProcessWithOtherTasksInFlight() {
        ready(1, ONE);
        add(1);
        scheduler.assign();
        ready(2, MANY);
        add(2, 3);
        scheduler.assign();
        scheduler.workerLost(1, Policies.SOME_END);

        assertThat(scheduler.assign()).isEmpty();

        scheduler.finish(2, 2, 1, 1);
        scheduler.finish(2, 3, 1, 1);
        assertThat(assignedTo(2)).containsExactly(1L);
    }

    @Test
    void theCauseIsFoundByRunningEachSuspectAlone() {
        ready(1, MANY);
        add(1, 2, 3);
        scheduler.assign();
        scheduler.workerLost(1, Policies.SOME_END);

        ready(2, MANY);
        scheduler.assign();
        scheduler.finish(2, 1, 1, 1);
        scheduler.assign();
        Scheduler.Loss loss = scheduler.workerLost(2, Policies.SOME_END);
        ready(3, ONE);

        assertThat(loss.requeued()).extracting(Task::id).containsExactly(2L);
        assertThat(scheduler.assign()).singleElement().satisfies(lease -> {
            assertThat(lease.tasks().firstId()).isEqualTo(2);
            assertThat(lease.attempt()).isEqualTo(2);
        });
    }

    @Test
    void theOthersAreNoLongerSuspectOnceTheCauseIsFound() {
        crashWithInFlight(1, 1, 2, 3);
        ready(2, MANY);
        assertThat(assignedTo(2)).containsExactly(1L);
        scheduler.workerLost(2, Policies.SOME_END);

        ready(3, MANY);
        scheduler.assign();
        scheduler.finish(3, 1, 1, 2);

        assertThat(assignedTo(3)).containsExactly(2L, 3L);
    }

    @Test
    void theCauseRunsAloneForGood() {
        crashWithInFlight(1, 1, 2, 3);
        ready(2, MANY);
        scheduler.assign();
        scheduler.workerLost(2, Policies.SOME_END);

        ready(3, MANY);

        assertThat(assignedTo(3)).containsExactly(1L);
        assertThat(scheduler.assign()).isEmpty();
    }

    @Test
    void theOthersStaySuspectWhenOneHasFinished() {
        crashWithInFlight(1, 1, 2, 3);
        ready(2, MANY);
        scheduler.assign();
        scheduler.finish(2, 1, 1, 1);

        assertThat(assignedTo(2)).containsExactly(2L);
        assertThat(scheduler.assign()).isEmpty();
    }

    @Test
    void theSuspectsOfAnotherCrashStaySuspectWhenACauseIsFound() {
        ready(1, new Demand(2, 1 << 20));
        ready(2, new Demand(2, 1 << 20));
        addUpTo(4);
        scheduler.assign();
        scheduler.workerLost(2, Policies.SOME_END);
        scheduler.workerLost(1, Policies.SOME_END);
        ready(3, MANY);
        assertThat(assignedTo(3)).containsExactly(1L);
        scheduler.workerLost(3, Policies.SOME_END);
        ready(4, MANY);

        assertThat(assignedTo(4)).as("the cause").containsExactly(1L);
        scheduler.finish(4, 1, 1, 2);
        assertThat(assignedTo(4)).as("no longer suspect").containsExactly(2L);
        scheduler.finish(4, 2, 1, 1);
        assertThat(assignedTo(4)).as("still suspect").containsExactly(3L);
        scheduler.finish(4, 3, 1, 1);
        assertThat(assignedTo(4)).as("still suspect").containsExactly(4L);
    }

    @Test
    void noOtherTaskIsSuspectIfTheCauseWasInFlightAlone() {
        crashWithInFlight(1, 1);
        add(2, 3);
        ready(2, MANY);
        scheduler.assign();
        scheduler.finish(2, 1, 1, 2);

        assertThat(assignedTo(2)).containsExactly(2L, 3L);
    }

    /** This process crashes while these tasks are in flight on it. */
    private void crashWithInFlight(long process, long... ids) {
        ready(process, MANY);
        add(ids);
        scheduler.assign();
        scheduler.workerLost(process, Policies.SOME_END);
    }
}
