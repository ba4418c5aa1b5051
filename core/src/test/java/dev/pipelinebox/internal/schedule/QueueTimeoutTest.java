package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A task that has waited too long for its start is removed from the backlog. */
class QueueTimeoutTest extends SchedulerFixture {

    @Test
    void aTaskIsRemovedWhenItsQueueTimeoutIsOver() {
        scheduler.add(task(1, DEFAULTS.withQueueTimeout(Duration.ofMillis(100))));
        add(2);

        at(99);
        assertThat(scheduler.expired()).isEmpty();

        at(100);
        assertThat(scheduler.expired()).extracting(Task::id).containsExactly(1L);
        assertThat(scheduler.expired()).isEmpty();
        assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(2L);
    }

    @Test
    void theQueueTimeoutStartsWhenTheTaskIsAdded() {
        at(1000);
        scheduler.add(task(1, DEFAULTS.withQueueTimeout(Duration.ofMillis(100))));

        at(1099);
        assertThat(scheduler.expired()).isEmpty();

        at(1100);
        assertThat(scheduler.expired()).hasSize(1);
    }

    @Test
    void aLaterTaskWithAShorterQueueTimeoutIsRemovedFirst() {
        scheduler.add(task(1, DEFAULTS.withQueueTimeout(Duration.ofMillis(300))));
        scheduler.add(task(2, DEFAULTS.withQueueTimeout(Duration.ofMillis(100))));

        at(200);
        assertThat(scheduler.expired()).extracting(Task::id).containsExactly(2L);
    }

    @Test
    void theQueueTimeoutDoesNotCountOnceTheTaskIsInFlight() {
        ready(1, ONE);
        scheduler.add(task(1, DEFAULTS.withQueueTimeout(Duration.ofMillis(100))));
        scheduler.assign();

        at(1000);
        assertThat(scheduler.expired()).isEmpty();
        assertThat(scheduler.overdue()).isEmpty();
        assertThat(scheduler.finish(1, 1, 1, 1)).hasSize(1);
    }

    @Test
    void theQueueTimeoutDoesNotCountOnceTheTaskMayHaveStarted() {
        ready(1, MANY);
        scheduler.add(task(1, DEFAULTS.withQueueTimeout(Duration.ofMillis(100))));
        scheduler.add(task(2, DEFAULTS.withQueueTimeout(Duration.ofMillis(100))));
        scheduler.assign();
        scheduler.returned(1, List.of(2L));
        scheduler.workerLost(1, Policies.SOME_END);

        at(1000);
        assertThat(scheduler.expired())
                .as("a returned task was never started")
                .extracting(Task::id)
                .containsExactly(2L);
        assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(1L);
    }

    @Test
    void theQueueTimeoutDoesNotCountForAnyTaskOfALostProcess() {
        ready(1, MANY);
        add(1);
        scheduler.add(task(2, DEFAULTS.withQueueTimeout(Duration.ofMillis(100))));
        scheduler.assign();
        scheduler.workerLost(1, Policies.SOME_END);

        at(1000);
        assertThat(scheduler.expired())
                .as("the outcome of the first may have been lost with the process")
                .isEmpty();
        assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(1L, 2L);
    }

    @Test
    void aTaskBehindARunningOneIsRevokedWhenItsQueueTimeoutIsOver() {
        ready(1, MANY);
        add(1);
        scheduler.add(task(2, DEFAULTS.withQueueTimeout(Duration.ofMillis(100))));
        scheduler.assign();

        at(99);
        assertThat(scheduler.revocations()).isEmpty();
        at(100);
        assertThat(scheduler.revocations()).containsExactly(Map.entry(1L, List.of(2L)));
        scheduler.returned(1, List.of(2L));
        assertThat(scheduler.expired()).extracting(Task::id).containsExactly(2L);
    }
}
