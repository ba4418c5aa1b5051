package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.api.CrashDossier;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.api.TaskTimeoutException.Limit;
import dev.pipelinebox.api.WorkerLostException;
import dev.pipelinebox.internal.task.Durations;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Words for what went wrong with tasks, with the remedy. */
public final class TaskFailures {

    private TaskFailures() {}

    public static PipelineBoxException waitedTooLong(Task task) {
        return new TaskTimeoutException(
                passed(task, Limit.QUEUE) + "; add workers, or allow more", Limit.QUEUE, (Throwable) null);
    }

    public static PipelineBoxException interrupted(Task task, int workerIndex, Throwable thrown) {
        return new TaskTimeoutException(
                passed(task, Limit.SOFT) + " and was interrupted on worker " + workerIndex, Limit.SOFT, thrown);
    }

    public static PipelineBoxException halted(Task task, int workerIndex, Throwable thrown) {
        return new MasterClosedException(
                "Task " + task.shown() + " was interrupted on worker " + workerIndex + ", since the master was halted",
                thrown);
    }

    public static PipelineBoxException givenUp(CrashAttribution.GivenUp givenUp, int workerIndex) {
        CrashDossier dossier = new CrashDossier(givenUp.attempts());
        return Optional.ofNullable(givenUp.limit())
                .flatMap(TimeoutAction.Limit::shown)
                .<PipelineBoxException>map(
                        limit -> new TaskTimeoutException(killed(givenUp.task(), limit, workerIndex), limit, dossier))
                .orElseGet(() -> lost(givenUp.task(), workerIndex, dossier));
    }

    public static PipelineBoxException unassignable(Task task) {
        return new NoWorkerException("Task " + task.shown() + " was only for "
                + task.policy().standing().key()
                + ", which was stopped or given up before; broadcast again to reach the workers that are there");
    }

    /** Why a process is killed, for its exit. */
    public static String reason(TimeoutAction action) {
        @Nullable Limit limit = action.limit().shown().orElse(null);
        return limit == null
                ? "task " + action.task().shown() + " did not end after it was cancelled (pipelinebox.task.grace)"
                : passed(action.task(), limit);
    }

    private static WorkerLostException lost(Task task, int workerIndex, CrashDossier dossier) {
        int attempts = task.policy().maxAttempts();
        return new WorkerLostException(
                "Task " + task.shown() + " was given up after " + attempts + (attempts == 1 ? " attempt" : " attempts")
                        + " (TaskOptions.withMaxAttempts or pipelinebox.task.max-attempts), each of which ended its"
                        + " worker; the last was worker " + workerIndex + ", " + dossier.exit(),
                dossier);
    }

    private static String killed(Task task, Limit limit, int workerIndex) {
        String stubborn =
                limit == Limit.SOFT ? " and did not end when it was interrupted (pipelinebox.task.grace)" : "";
        return passed(task, limit) + stubborn + ", so the process of worker " + workerIndex + " was killed";
    }

    private static String passed(Task task, Limit limit) {
        TaskPolicy policy = task.policy();
        String how = switch (limit) {
            case QUEUE -> "waited for a worker for longer than " + in(policy.queue()) + by("Queue", "queue");
            case SOFT -> "ran longer than " + in(policy.soft()) + by("Soft", "soft");
            case HARD -> "ran longer than " + in(policy.hard()) + by("Hard", "hard");
            case STALL -> "told of no progress for " + in(policy.stall()) + by("Stall", "stall");
        };
        return "Task " + task.shown() + " " + how;
    }

    private static String in(Optional<Duration> limit) {
        return Durations.shown(limit.orElse(Duration.ZERO));
    }

    private static String by(String method, String key) {
        return " (TaskOptions.with" + method + "Timeout or pipelinebox.task.timeout." + key + ")";
    }
}
