package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.task.Backoff;
import dev.pipelinebox.internal.task.Batches;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.TaskBatch;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Durations that no clock can count are as good as none. */
class LongDurationsTest {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final List<String> THROWN = List.of("java.io.IOException");

    private final Scheduler scheduler = new Scheduler(FOREVER);

    @Test
    void aLimitOfForeverIsNoLimit() {
        run(1, TaskOptions.defaults().withHardTimeout(FOREVER).withStallTimeout(FOREVER));
        assertThat(scheduler.overdue()).isEmpty();
    }

    @Test
    void aGraceOfForeverIsNeverOver() {
        run(1, TaskOptions.defaults().withSoftTimeout(Duration.ofNanos(1)));
        assertThat(scheduler.overdue()).extracting(TimeoutAction::kill).containsExactly(false);
        assertThat(scheduler.overdue()).isEmpty();
    }

    @Test
    void aWaitOfForeverIsNeverTooLong() {
        scheduler.add(task(1, TaskOptions.defaults().withQueueTimeout(FOREVER)));
        scheduler.now(1_000_000_000);
        assertThat(scheduler.expired()).isEmpty();
    }

    @Test
    void aBackoffOfForeverWaitsForever() {
        run(1, TaskOptions.defaults().withRetry(Retry.on(IOException.class).withBackoff(FOREVER, FOREVER)));
        assertThat(scheduler.retry(1, 1, 1, () -> THROWN)).contains(FOREVER);
        scheduler.requeueDelayed();
        assertThat(scheduler.assign()).isEmpty();
    }

    @Test
    void aBackoffDoublesUpToForever() {
        assertThat(Backoff.of(3, Duration.ofMillis(1), FOREVER)).isEqualTo(Duration.ofMillis(4));
        assertThat(Backoff.of(60, Duration.ofDays(1), FOREVER)).isPositive();
    }

    private void run(long id, TaskOptions options) {
        scheduler.workerReady(id, (int) id, new Demand(1, 100));
        scheduler.add(task(id, options));
        scheduler.assign();
        scheduler.now(1000);
    }

    private static TaskBatch task(long id, TaskOptions options) {
        return Batches.of(id, null, Policies.attempts(3).with(options, KeyCodec::write), (taskId, outcome) -> {});
    }
}
