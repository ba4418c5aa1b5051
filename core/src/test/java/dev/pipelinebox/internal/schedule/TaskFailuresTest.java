package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskAttempt;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.api.WorkerLostException;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFailuresTest {

    private static final TaskOptions LIMITED = TaskOptions.defaults()
            .withQueueTimeout(Duration.ofMillis(100))
            .withSoftTimeout(Duration.ofMillis(200))
            .withHardTimeout(Duration.ofMillis(300))
            .withStallTimeout(Duration.ofMillis(400));

    private static final TaskAttempt ATTEMPT =
            new TaskAttempt(2, 4, Instant.EPOCH, Duration.ofSeconds(1), Policies.SOME_END.exit());

    @Test
    void aTaskThatWaitedTooLongNamesItsLimitAndTheRemedy() {
        PipelineBoxException error = TaskFailures.waitedTooLong(task(3));

        assertThat(error)
                .hasMessageContainingAll(
                        "Task 7",
                        "waited",
                        "100 ms",
                        "TaskOptions.withQueueTimeout",
                        "pipelinebox.task.timeout.queue",
                        "add workers")
                .hasNoCause();
        assertThat(error).isInstanceOfSatisfying(TaskTimeoutException.class, timeout -> {
            assertThat(timeout.limit()).isEqualTo(TaskTimeoutException.Limit.QUEUE);
            assertThat(timeout.dossier()).isEmpty();
        });
    }

    @Test
    void aTaskThatWasInterruptedHasWhatItThrew() {
        IllegalStateException thrown = new IllegalStateException("interrupted");

        PipelineBoxException error = TaskFailures.interrupted(task(3), 4, thrown);

        assertThat(error)
                .hasMessageContainingAll(
                        "Task 7",
                        "200 ms",
                        "interrupted on worker 4",
                        "TaskOptions.withSoftTimeout",
                        "pipelinebox.task.timeout.soft")
                .hasCause(thrown);
        assertThat(error)
                .isInstanceOfSatisfying(
                        TaskTimeoutException.class,
                        timeout -> assertThat(timeout.limit()).isEqualTo(TaskTimeoutException.Limit.SOFT));
    }

    @ParameterizedTest
    @CsvSource({"SOFT, 200 ms, Soft, soft", "HARD, 300 ms, Hard, hard", "STALL, 400 ms, Stall, stall"})
    void aTaskWhoseProcessWasKilledNamesItsLimitAndHasItsDossier(
            TimeoutAction.Limit limit, String time, String method, String key) {
        PipelineBoxException error =
                TaskFailures.givenUp(new CrashAttribution.GivenUp(task(3), limit, List.of(ATTEMPT)), 4);

        assertThat(error)
                .hasMessageContainingAll(
                        "Task 7",
                        time,
                        "the process of worker 4 was killed",
                        "TaskOptions.with" + method + "Timeout",
                        "pipelinebox.task.timeout." + key);
        assertThat(error).isInstanceOfSatisfying(TaskTimeoutException.class, timeout -> {
            assertThat(timeout.limit().name()).isEqualTo(limit.name());
            assertThat(timeout.dossier())
                    .hasValueSatisfying(
                            dossier -> assertThat(dossier.attempts()).containsExactly(ATTEMPT));
        });
    }

    @Test
    void aTaskThatDidNotEndWhenItWasInterruptedNamesTheGraceToo() {
        assertThat(TaskFailures.givenUp(
                        new CrashAttribution.GivenUp(task(3), TimeoutAction.Limit.SOFT, List.of(ATTEMPT)), 4))
                .hasMessageContaining("pipelinebox.task.grace");
        assertThat(TaskFailures.givenUp(
                        new CrashAttribution.GivenUp(task(3), TimeoutAction.Limit.HARD, List.of(ATTEMPT)), 4))
                .hasMessageNotContaining("grace");
    }

    @Test
    void aTaskThatEndedItsWorkersNamesTheAttemptsAndTheLastExit() {
        PipelineBoxException error =
                TaskFailures.givenUp(new CrashAttribution.GivenUp(task(3), null, List.of(ATTEMPT)), 4);

        assertThat(error)
                .hasMessageContainingAll(
                        "Task 7",
                        "after 3 attempts",
                        "TaskOptions.withMaxAttempts",
                        "pipelinebox.task.max-attempts",
                        "worker 4",
                        "killed by a test");
        assertThat(error).isInstanceOfSatisfying(WorkerLostException.class, lost -> {
            assertThat(lost.dossier().attempts()).containsExactly(ATTEMPT);
            assertThat(lost.exit()).isEqualTo(Policies.SOME_END.exit());
        });
    }

    @Test
    void aSingleAttemptIsOne() {
        assertThat(TaskFailures.givenUp(new CrashAttribution.GivenUp(task(1), null, List.of(ATTEMPT)), 4))
                .hasMessageContaining("after 1 attempt (");
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, pipelinebox.task.grace",
        "SOFT, pipelinebox.task.timeout.soft",
        "HARD, pipelinebox.task.timeout.hard",
        "STALL, pipelinebox.task.timeout.stall"
    })
    void theReasonOfAKillNamesTheTaskAndTheKey(TimeoutAction.Limit limit, String key) {
        assertThat(TaskFailures.reason(new TimeoutAction(1, task(3), limit, true)))
                .startsWithIgnoringCase("task 7 ")
                .contains(key);
    }

    @Test
    void aTaskThatHasANameIsShownWithIt() {
        TaskOptions named = LIMITED.withName("nightly report");
        Task task = new Task(7, null, Policies.attempts(1).with(named, KeyCodec::write), (taskId, outcome) -> {});

        assertThat(TaskFailures.waitedTooLong(task)).hasMessageStartingWith("Task 7 (nightly report) waited");
        assertThat(TaskFailures.givenUp(new CrashAttribution.GivenUp(task, null, List.of(ATTEMPT)), 4))
                .hasMessageStartingWith("Task 7 (nightly report) was given up");
        assertThat(TaskFailures.reason(new TimeoutAction(1, task, TimeoutAction.Limit.CANCELLED, true)))
                .startsWith("task 7 (nightly report) did not end");
    }

    @Test
    void aTaskThatWasForAWorkerThatIsGoneNamesItAndTheRemedy() {
        Task task = new Task(7, null, Policies.attempts(3).onlyOn(2), (taskId, outcome) -> {});

        assertThat(TaskFailures.unassignable(task))
                .isInstanceOf(NoWorkerException.class)
                .hasMessageContainingAll("Task 7 ", "worker 2", "stopped or given up", "broadcast again");
    }

    private static Task task(int attempts) {
        return new Task(7, null, Policies.attempts(attempts).with(LIMITED, KeyCodec::write), (taskId, outcome) -> {});
    }
}
