package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Policies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which process gets which tasks, and how many. */
class AssignmentTest extends SchedulerFixture {

    @Test
    void nothingIsAssignedWithoutAProcess() {
        add(1, 2);

        assertThat(scheduler.assign()).isEmpty();
    }

    @Test
    void nothingIsAssignedWithoutATask() {
        ready(1, MANY);

        assertThat(scheduler.assign()).isEmpty();
    }

    @Test
    void tasksAreAssignedFirstInFirstOut() {
        ready(1, MANY);
        add(1, 2, 3);

        assertThat(assignedTo(1)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theFirstLeaseOfATaskIsItsFirstAttempt() {
        ready(1, ONE);
        add(1);

        assertThat(scheduler.assign())
                .singleElement()
                .extracting(Lease::attempt)
                .isEqualTo(1);
    }

    @Test
    void aProcessThatAsksForOneTaskGetsOneAtATime() {
        ready(1, ONE);
        add(1, 2);

        assertThat(assignedTo(1)).containsExactly(1L);
        assertThat(scheduler.assign()).isEmpty();

        scheduler.finish(1, 1, 1, 1);

        assertThat(assignedTo(1)).containsExactly(2L);
    }

    @Test
    void aProcessGetsNoMoreTasksThanItsDemand() {
        ready(1, new Demand(3, 1 << 20));
        addUpTo(10);

        assertThat(assignedTo(1)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aProcessGetsNoMoreBytesThanItsDemand() {
        ready(1, new Demand(100, 10));
        scheduler.add(task(1, 4));
        scheduler.add(task(2, 6));
        scheduler.add(task(3, 1));

        assertThat(assignedTo(1)).containsExactly(1L, 2L);
    }

    @Test
    void aSingleTaskMayBeLargerThanTheDemand() {
        ready(1, new Demand(100, 10));
        scheduler.add(task(1, 11));
        scheduler.add(task(2, 1));

        assertThat(assignedTo(1)).containsExactly(1L);
    }

    @Test
    void aFinishedTaskMakesRoomForItsBytes() {
        ready(1, new Demand(100, 10));
        scheduler.add(task(1, 5));
        scheduler.add(task(2, 5));
        scheduler.add(task(3, 5));
        scheduler.assign();

        scheduler.finish(1, 1, 1, 1);

        assertThat(assignedTo(1)).containsExactly(3L);
    }

    @Test
    void noTaskIsAssignedBeforeALargeOneThatDoesNotFit() {
        ready(1, new Demand(100, 10));
        scheduler.add(task(1, 6));
        scheduler.add(task(2, 6));
        scheduler.add(task(3, 1));

        assertThat(assignedTo(1)).containsExactly(1L);
    }

    @Test
    void theLatestDemandCounts() {
        ready(1, ONE);
        addUpTo(10);
        scheduler.assign();

        scheduler.demand(1, new Demand(4, 1 << 20));
        assertThat(assignedTo(1)).containsExactly(2L, 3L, 4L);

        scheduler.demand(1, ONE);
        scheduler.finish(1, 1, 1, 1);
        assertThat(scheduler.assign()).isEmpty();
    }

    @Test
    void eachProcessGetsItsShareOfTheBacklog() {
        ready(1, MANY);
        ready(2, MANY);
        addUpTo(5);

        assertThat(assigned()).isEqualTo(Map.of(1L, List.of(1L, 2L, 3L), 2L, List.of(4L, 5L)));
    }

    @Test
    void theProcessWithTheFewestTasksInFlightComesFirst() {
        ready(1, MANY);
        add(1, 2);
        scheduler.assign();
        ready(2, MANY);
        add(3);

        assertThat(assignedTo(2)).containsExactly(3L);
    }

    @Test
    void nothingIsAssignedBesideATaskThatHasOneAttempt() {
        ready(1, MANY);
        scheduler.add(withOneAttempt(1));
        add(2, 3);

        assertThat(assignedTo(1)).containsExactly(1L);
        assertThat(scheduler.assign()).isEmpty();

        scheduler.finish(1, 1, 1, 1);
        assertThat(assignedTo(1)).containsExactly(2L, 3L);
    }

    @Test
    void aTaskThatHasOneAttemptIsAssignedToAnIdleProcessOnly() {
        ready(1, MANY);
        add(1, 2);
        scheduler.add(withOneAttempt(3));
        scheduler.add(withOneAttempt(4));

        assertThat(assignedTo(1)).containsExactly(1L, 2L);
        scheduler.finish(1, 1, 1, 1);
        assertThat(scheduler.assign()).isEmpty();

        scheduler.finish(1, 2, 1, 1);
        assertThat(assignedTo(1)).containsExactly(3L);
        assertThat(scheduler.assign()).isEmpty();

        scheduler.finish(1, 3, 1, 1);
        assertThat(assignedTo(1)).containsExactly(4L);
    }

    @Test
    void aLostProcessGetsNothing() {
        ready(1, MANY);
        scheduler.workerLost(1, Policies.SOME_END);
        add(1);

        assertThat(scheduler.assign()).isEmpty();
    }
}
