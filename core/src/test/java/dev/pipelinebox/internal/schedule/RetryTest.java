package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.task.Batches;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskBatch;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A task that throws an exception which it may be retried for is queued again after a back-off. */
class RetryTest extends SchedulerFixture {

    private static final TaskPolicy RETRIED = Policies.attempts(3)
            .with(
                    DEFAULTS.withRetry(
                            Retry.on(IOException.class).withBackoff(Duration.ofMillis(100), Duration.ofMillis(250))),
                    KeyCodec::write);

    @Test
    void aTaskIsRequeuedAtTheFrontAfterItsBackoff() {
        ready(1, ONE);
        scheduler.add(retried(1));
        add(2, 3);
        scheduler.assign();

        assertThat(threw(1, 1, 1, new IOException())).contains(Duration.ofMillis(100));
        assertThat(assignedTo(1)).containsExactly(2L);
        scheduler.finish(1, 2, 1, 1);

        at(99);
        scheduler.requeueDelayed();
        assertThat(assignedTo(1)).containsExactly(3L);
        scheduler.finish(1, 3, 1, 1);
        assertThat(scheduler.assign()).isEmpty();
        add(4);

        at(100);
        scheduler.requeueDelayed();
        assertThat(scheduler.assign()).singleElement().satisfies(lease -> {
            assertThat(lease.tasks().firstId()).isEqualTo(1);
            assertThat(lease.attempt()).isEqualTo(2);
        });
    }

    @Test
    void tasksWithEqualBackoffsAreRequeuedInTheirOrder() {
        Retry retry = Retry.on(IOException.class);
        ready(1, ONE);
        for (long id = 1; id <= 2; id++) {
            scheduler.add(task(id, DEFAULTS.withRetry(retry)));
            scheduler.assign();
            scheduler.retry(1, id, 1, () -> List.of("java.io.IOException"));
        }
        at(1000);
        scheduler.requeueDelayed();
        assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactly(1L, 2L);
    }

    @Test
    void theBackoffDoublesUpToItsMaximum() {
        run(retried(1, DEFAULTS.withRetry(RETRIED.retry().withMaxAttempts(5))));

        assertThat(throwAndRunAgain(1)).contains(Duration.ofMillis(100));
        assertThat(throwAndRunAgain(2)).contains(Duration.ofMillis(200));
        assertThat(throwAndRunAgain(3)).contains(Duration.ofMillis(250));
        assertThat(throwAndRunAgain(4)).contains(Duration.ofMillis(250));
    }

    @Test
    void aTaskIsRetriedForASubclassOfTheNamedException() {
        run(retried(1));

        assertThat(threw(1, 1, 1, new FileNotFoundException())).isPresent();
    }

    @Test
    void anyOtherExceptionIsTheOutcome() {
        run(retried(1));

        assertThat(threw(1, 1, 1, new IllegalStateException(new IOException()))).isEmpty();
        assertThat(scheduler.finish(1, 1, 1, 1)).hasSize(1);
    }

    @Test
    void theExceptionOfTheLastAttemptIsTheOutcome() {
        run(retried(1));
        throwAndRunAgain(1);
        throwAndRunAgain(2);

        assertThat(threw(1, 1, 3, new IOException())).isEmpty();
        assertThat(scheduler.finish(1, 1, 1, 3)).hasSize(1);
    }

    @Test
    void anOutcomeOfAnEarlierAttemptDoesNotCount() {
        run(retried(1));
        throwAndRunAgain(1);

        assertThat(threw(1, 1, 1, new IOException())).isEmpty();
        assertThat(scheduler.finish(1, 1, 1, 1)).isEmpty();
        assertThat(scheduler.finish(1, 1, 1, 2)).hasSize(1);
    }

    @Test
    void aTaskThatIsNotInFlightIsNotRetried() {
        run(retried(1));

        assertThat(threw(9, 1, 1, new IOException())).isEmpty();
        assertThat(threw(1, 9, 1, new IOException())).isEmpty();
    }

    @Test
    void theExceptionIsNotReadIfTheTaskNamesNone() {
        run(task(1, 0));

        assertThat(scheduler.retry(1, 1, 1, () -> {
                    throw new AssertionError("the report need not be read");
                }))
                .isEmpty();
    }

    @Test
    void aCancelledTaskIsNotRetried() {
        run(retried(1));
        scheduler.cancel(Set.of(CALLER));

        assertThat(threw(1, 1, 1, new IOException())).isEmpty();
    }

    @Test
    void anInterruptedTaskIsNotRetried() {
        run(retried(1, DEFAULTS.withSoftTimeout(Duration.ofMillis(100))));
        at(100);
        scheduler.overdue();

        assertThat(threw(1, 1, 1, new InterruptedIOException())).isEmpty();
    }

    @Test
    void aTaskThatIsCancelledDuringItsBackoffIsDropped() {
        run(retried(1));
        threw(1, 1, 1, new IOException());

        assertThat(scheduler.cancel(Set.of(CALLER)).dropped())
                .extracting(Task::id)
                .containsExactly(1L);
        assertThat(scheduler.isEmpty()).isTrue();
    }

    @Test
    void aTaskInItsBackoffIsRemovedWithTheBacklog() {
        run(retried(1));
        add(2);
        threw(1, 1, 1, new IOException());

        assertThat(scheduler.removeQueued()).extracting(Task::id).containsExactlyInAnyOrder(1L, 2L);
        assertThat(scheduler.isEmpty()).isTrue();
    }

    @Test
    void theSchedulerIsNotEmptyDuringABackoff() {
        run(retried(1));
        threw(1, 1, 1, new IOException());

        assertThat(scheduler.isEmpty()).isFalse();
    }

    @Test
    void crashesAndFailuresAreCountedSeparately() {
        run(retried(1, DEFAULTS.withMaxAttempts(2)));
        throwAndRunAgain(1);
        throwAndRunAgain(2);

        assertThat(scheduler.workerLost(1, Policies.SOME_END).requeued())
                .extracting(Task::id)
                .containsExactly(1L);
    }

    /** It throws in this attempt, and is in flight again after its back-off. */
    private Optional<Duration> throwAndRunAgain(int attempt) {
        Optional<Duration> backoff = threw(1, 1, attempt, new IOException());
        at(attempt * 10_000L);
        scheduler.requeueDelayed();
        assertThat(assignedTo(1)).containsExactly(1L);
        return backoff;
    }

    private Optional<Duration> threw(long process, long taskId, int attempt, Throwable thrown) {
        return scheduler.retry(
                process,
                taskId,
                attempt,
                () -> FailureReport.of(FailureReport.Kind.TASK, thrown).typesThrownByTask());
    }

    private static TaskBatch retried(long id) {
        return Batches.of(id, null, RETRIED, CALLER);
    }

    private static TaskBatch retried(long id, TaskOptions options) {
        return Batches.of(id, null, RETRIED.with(options, KeyCodec::write), CALLER);
    }
}
