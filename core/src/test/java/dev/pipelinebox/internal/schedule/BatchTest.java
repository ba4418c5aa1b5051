package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.task.Batches;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tasks that were submitted together stay together until one of them is treated separately. */
class BatchTest extends SchedulerFixture {

    private static final byte[] TEN_BYTES = new byte[10];

    @Test
    void aBatchTravelsInOneLease() {
        ready(1, MANY);
        addBatch(1, 50, DEFAULTS);

        assertThat(scheduler.assign())
                .singleElement()
                .satisfies(lease -> assertThat(lease.tasks().count()).isEqualTo(50));
        assertThat(scheduler.finish(1, 1, 50, 1)).hasSize(1);
        assertThat(scheduler.isEmpty()).isTrue();
    }

    @Test
    void workersShareABatch() {
        ready(1, MANY);
        ready(2, MANY);
        addBatch(1, 4, DEFAULTS);

        assertThat(assigned()).isEqualTo(Map.of(1L, List.of(1L, 2L), 2L, List.of(3L, 4L)));
    }

    @Test
    void theDemandForTasksAndBytesSplitsABatch() {
        ready(1, new Demand(3, 1_000));
        ready(2, new Demand(100, 25));
        addBatch(1, 100, DEFAULTS);

        assertThat(assigned()).isEqualTo(Map.of(1L, List.of(1L, 2L, 3L), 2L, List.of(4L, 5L)));
    }

    @Test
    void someOutcomesOfABatchLeaveTheOthersInFlight() {
        ready(1, MANY);
        addBatch(1, 5, DEFAULTS);
        scheduler.assign();

        assertThat(scheduler.finish(1, 2, 2, 1)).hasSize(1);
        assertThat(scheduler.finish(1, 1, 5, 1))
                .extracting(finished -> finished.tasks().ids().toList())
                .containsExactly(List.of(1L), List.of(4L, 5L));
        assertThat(scheduler.isEmpty()).isTrue();
    }

    @Test
    void onlyTheTaskThatThrewIsTriedAgain() {
        TaskOptions retried = DEFAULTS.withRetry(
                Retry.on(IOException.class).withMaxAttempts(2).withBackoff(Duration.ZERO, Duration.ZERO));
        ready(1, MANY);
        addBatch(1, 3, retried);
        scheduler.assign();

        assertThat(scheduler.retry(1, 2, 1, () -> List.of(IOException.class.getName())))
                .isPresent();
        assertThat(scheduler.finish(1, 1, 3, 1))
                .extracting(finished -> finished.tasks().ids().toList())
                .containsExactly(List.of(1L), List.of(3L));
        scheduler.requeueDelayed();

        assertThat(scheduler.assign()).singleElement().satisfies(lease -> {
            assertThat(lease.tasks().firstId()).isEqualTo(2);
            assertThat(lease.attempt()).isEqualTo(2);
        });
    }

    @Test
    void onlyTheRunningTaskIsInterruptedAtALimit() {
        ready(1, MANY);
        addBatch(1, 3, DEFAULTS.withSoftTimeout(Duration.ofMillis(100)));
        scheduler.assign();

        at(100);
        assertThat(timeoutActions()).containsExactly("interrupt task 1 in process 1: SOFT");
        assertThat(scheduler.finish(1, 1, 3, 1))
                .extracting(finished -> finished.tasks().count(), Scheduler.Finished::wasInterrupted)
                .containsExactly(tuple(1, true), tuple(2, false));
    }

    @Test
    void theLimitOfTheNextTaskBeginsWithItsStart() {
        ready(1, MANY);
        addBatch(1, 3, DEFAULTS.withSoftTimeout(Duration.ofMillis(100)));
        scheduler.assign();

        at(80);
        scheduler.finish(1, 1, 1, 1);
        at(120);
        assertThat(timeoutActions()).isEmpty();
        at(180);
        assertThat(timeoutActions()).containsExactly("interrupt task 2 in process 1: SOFT");
    }

    @Test
    void allThatWereInFlightWhenAProcessDiedAreSuspectsAndRunAlone() {
        ready(1, MANY);
        addBatch(1, 3, DEFAULTS);
        scheduler.assign();

        Scheduler.Loss loss = scheduler.workerLost(1, Policies.SOME_END);

        assertThat(loss.requeued()).extracting(Task::id).containsExactly(1L, 2L, 3L);
        ready(2, MANY);
        assertThat(assignedTo(2)).containsExactly(1L);
    }

    @Test
    void revokedTasksComeBackInTheirOrder() {
        ready(1, MANY);
        addBatch(1, 5, DEFAULTS);
        scheduler.assign();
        ready(2, ONE);

        assertThat(revocationsInCall(3)).isEqualTo(Map.of(1L, List.of(2L, 3L, 4L, 5L)));
        scheduler.returned(1, List.of(3L, 4L, 5L));

        assertThat(assignedTo(2)).containsExactly(3L);
        scheduler.finish(2, 3, 1, 1);
        assertThat(assignedTo(2)).containsExactly(4L);
    }

    @Test
    void tasksWithAKeyAreApartFromTheBeginning() {
        scheduler.openSlot(1);
        ready(1, MANY);
        addBatch(1, 3, DEFAULTS.withKey("a"));

        assertThat(scheduler.assign())
                .extracting(lease -> lease.tasks().count())
                .containsExactly(1, 1, 1);
    }

    @Test
    void aBatchThatHasWaitedTooLongExpiresAsAWhole() {
        ready(1, ONE);
        addBatch(1, 4, DEFAULTS.withQueueTimeout(Duration.ofMillis(100)));
        scheduler.assign();

        at(100);

        assertThat(scheduler.expired()).extracting(Task::id).containsExactly(2L, 3L, 4L);
    }

    private void addBatch(long firstId, int count, TaskOptions options) {
        scheduler.add(new TaskBatch(
                firstId,
                Batches.payloads(count, TEN_BYTES),
                Policies.attempts(3).with(options, KeyCodec::write),
                CALLER));
    }
}
