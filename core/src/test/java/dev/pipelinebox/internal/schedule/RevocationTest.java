package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which tasks are revoked, and what becomes of those that a process returns. */
class RevocationTest extends SchedulerFixture {

    @Test
    void nothingIsRevokedWhileNoProcessIsIdle() {
        ready(1, MANY);
        ready(2, MANY);
        addUpTo(6);
        scheduler.assign();

        assertThat(revocationsInCall(5)).isEmpty();
    }

    @Test
    void tasksBehindALongOneAreRevokedEvenWhileOthersAreQueued() {
        ready(1, MANY);
        addUpTo(4);
        scheduler.assign();
        ready(2, ONE);
        add(5);

        assertThat(revocationsInCall(3)).isEqualTo(Map.of(1L, List.of(2L, 3L, 4L)));
    }

    @Test
    void allButTheRunningTaskAreRevokedForAnIdleProcess() {
        ready(1, MANY);
        addUpTo(5);
        scheduler.assign();
        ready(2, MANY);

        assertThat(revocationsInCall(3)).isEqualTo(Map.of(1L, List.of(2L, 3L, 4L, 5L)));
    }

    @Test
    void nothingIsRevokedFromAProcessThatFinishesTasks() {
        ready(1, MANY);
        addUpTo(5);
        scheduler.assign();
        ready(2, MANY);
        revocationsInCall(2);
        scheduler.finish(1, 1, 1, 1);
        assertThat(revocationsInCall(2)).isEmpty();
        scheduler.finish(1, 2, 1, 1);

        assertThat(revocationsInCall(2)).isEmpty();
    }

    @Test
    void nothingIsAssignedAfterARevocationUntilTheNextDemand() {
        ready(1, MANY);
        addUpTo(3);
        scheduler.assign();
        ready(2, ONE);
        scheduler.returned(1, revocationsInCall(3).get(1L));

        assertThat(assigned()).doesNotContainKey(1L);
        scheduler.demand(1, MANY);
        assertThat(assigned()).containsEntry(1L, List.of(3L));
    }

    @Test
    void nothingIsRevokedFromAProcessThatHasJustGotItsTasks() {
        ready(1, MANY);
        revocationsInCall(10);
        addUpTo(5);
        scheduler.assign();
        ready(2, MANY);

        assertThat(revocationsInCall(2)).isEmpty();
    }

    @Test
    void nothingIsRevokedFromAProcessWithOneTask() {
        ready(1, ONE);
        add(1);
        scheduler.assign();
        ready(2, ONE);

        assertThat(revocationsInCall(5)).isEmpty();
    }

    @Test
    void nothingIsRevokedAgainBeforeTheProcessHasAnswered() {
        ready(1, MANY);
        addUpTo(4);
        scheduler.assign();
        ready(2, MANY);
        assertThat(revocationsInCall(3)).containsOnlyKeys(1L);

        assertThat(revocationsInCall(3)).isEmpty();

        scheduler.returned(1, List.of());
        assertThat(scheduler.revocations()).containsOnlyKeys(1L);
    }

    @Test
    void returnedTasksAreAssignedToTheIdleProcess() {
        ready(1, MANY);
        addUpTo(4);
        scheduler.assign();
        ready(2, MANY);
        List<Long> revoked = revocationsInCall(3).get(1L);

        assertThat(scheduler.returned(1, revoked).requeued())
                .extracting(Task::id)
                .containsExactly(2L, 3L, 4L);
        assertThat(assigned().get(2L)).contains(2L);
    }

    @Test
    void returnedTasksAreRequeuedAtTheFrontInTheirOrder() {
        ready(1, new Demand(4, 1 << 20));
        addUpTo(6);
        scheduler.assign();

        scheduler.returned(1, List.of(3L, 4L));

        assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void aReturnedTaskHasUsedNoAttemptAndIsNoSuspect() {
        ready(1, MANY);
        add(1, 2, 3);
        scheduler.assign();
        scheduler.returned(1, List.of(2L, 3L));
        scheduler.finish(1, 1, 1, 1);

        assertThat(scheduler.assign()).extracting(Lease::attempt).containsExactly(1, 1);
    }

    @Test
    void theReturnOfATaskThatIsNotInFlightThereIsIgnored() {
        ready(1, MANY);
        add(1);
        scheduler.assign();

        assertThat(scheduler.returned(1, List.of(2L))).isEqualTo(Scheduler.Loss.NONE);
        assertThat(scheduler.returned(9, List.of(1L))).isEqualTo(Scheduler.Loss.NONE);
        assertThat(scheduler.finish(1, 1, 1, 1)).hasSize(1);
    }
}
