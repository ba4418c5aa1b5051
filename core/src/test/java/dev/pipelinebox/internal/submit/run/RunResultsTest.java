package dev.pipelinebox.internal.submit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.client.SilentClient;
import dev.pipelinebox.internal.task.Outcome;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunResultsTest {

    private final SilentClient silent = new SilentClient();
    private final Run<Long> run = silent.newRun();
    private final RunResults<Long> results = new RunResults<>(run, () -> {});

    @AfterEach
    void close() {
        silent.close();
    }

    @Test
    void aTimedReadGivesAResultThatArrivesInTimeOrNothing() {
        long task = run.input().add(null, silent.client.submitter());
        assertThat(results.poll(Duration.ZERO)).isEmpty();
        assertThat(results.poll(Duration.ofMillis(10))).isEmpty();
        assertThat(results.hasEnded()).isFalse();

        run.onOutcome(task, new Outcome.Refused(new TaskCancelledException("late")));

        assertThat(results.poll(Duration.ZERO)).map(TaskResult::taskId).hasValue(task);
        assertThat(results.hasEnded()).isTrue();
        assertThat(results.poll(Duration.ofDays(1_000_000))).isEmpty();
    }

    @Test
    void aTimedReadWaitsForAResult() {
        long task = run.input().add(null, silent.client.submitter());
        CompletableFuture<Optional<TaskResult<Long>>> reading = CompletableFuture.supplyAsync(
                () -> results.poll(Duration.ofDays(1_000_000)), read -> new Thread(read, "reading").start());

        run.onOutcome(task, new Outcome.Refused(new TaskCancelledException("late")));

        assertThat(reading.join()).isPresent();
    }

    @Test
    void aTimedReadGivesTheResultThatHasNextHasFound() {
        long task = run.input().add(null, silent.client.submitter());
        run.onOutcome(task, new Outcome.Refused(new TaskCancelledException("found")));
        assertThat(results.iterator().hasNext()).isTrue();
        assertThat(results.hasEnded()).isFalse();

        assertThat(results.poll(Duration.ZERO)).map(TaskResult::taskId).hasValue(task);
        assertThat(results.iterator().hasNext()).isFalse();
    }

    @Test
    void aTimedReadThrowsWhatTheInputThrew() {
        run.input().expect(-1, element -> silent.client.submitter());
        run.input().onInputFailed(new IllegalStateException("no more input"));

        assertThat(results.hasEnded()).isFalse();
        assertThatThrownBy(() -> results.poll(Duration.ZERO)).hasMessage("no more input");
        assertThat(results.hasEnded()).isTrue();
    }

    @Test
    void takesNoMoreArgumentsOnceNoWorkerIsLeftAndTellsSoAfterTheResults() {
        run.input().expect(-1, element -> silent.client.submitter());
        run.input().take(1L);
        run.input().take(2L);
        run.onOutcome(1, new Outcome.Refused(new NoWorkerException("the last one is gone")));
        assertThat(run.input().room()).isZero();
        assertThat(results.poll(Duration.ZERO)).map(TaskResult::taskId).hasValue(1L);
        assertThat(results.poll(Duration.ZERO)).isEmpty();

        run.onOutcome(2, new Outcome.Refused(new NoWorkerException("the last one is gone")));

        assertThat(results.poll(Duration.ZERO)).map(TaskResult::taskId).hasValue(2L);
        assertThatThrownBy(() -> results.poll(Duration.ZERO))
                .isInstanceOf(NoWorkerException.class)
                .hasMessageEndingWith("the last one is gone");
    }

    @Test
    void aResultThatHasNextHasFoundIsGivenAlthoughTheRunIsClosed() {
        long first = run.input().add(null, silent.client.submitter());
        long second = run.input().add(null, silent.client.submitter());
        run.onOutcome(first, new Outcome.Refused(new TaskCancelledException("the first")));
        run.onOutcome(second, new Outcome.Refused(new TaskCancelledException("the second")));
        Iterator<TaskResult<Long>> reading = results.iterator();
        assertThat(reading.hasNext()).isTrue();

        results.close();

        assertThat(reading.next().taskId()).isEqualTo(first);
        assertThat(reading.hasNext()).isFalse();
    }
}
