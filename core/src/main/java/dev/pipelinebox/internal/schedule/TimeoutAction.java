package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.internal.task.Durations;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done about a task that has run for too long.
 *
 * @param process the process that runs it
 * @param task the task
 * @param limit the limit that it has passed
 * @param kill whether the process is killed; otherwise the task is interrupted
 */
public record TimeoutAction(long process, Task task, Limit limit, boolean kill) {

    /** The limits of a running task. */
    public enum Limit {
        /** The grace after it was cancelled. */
        CANCELLED(null),
        SOFT(TaskTimeoutException.Limit.SOFT),
        HARD(TaskTimeoutException.Limit.HARD),
        STALL(TaskTimeoutException.Limit.STALL);

        private final TaskTimeoutException.@Nullable Limit shown;

        Limit(TaskTimeoutException.@Nullable Limit shown) {
            this.shown = shown;
        }

        /** As the caller sees it; empty for a cancelled task, which has no failure. */
        public Optional<TaskTimeoutException.Limit> shown() {
            return Optional.ofNullable(shown);
        }
    }

    /** What to do now about the lease that runs, if anything. The caller marks it as interrupted or its process as killed. */
    static Optional<TimeoutAction> of(InFlight inFlight, Lease running, Duration grace, long now) {
        if (inFlight.termination() != null || inFlight.isEnding()) {
            return Optional.empty();
        }
        TaskPolicy policy = running.queued.policy();
        if (passed(policy.hard(), now - running.startedAt())) {
            return kill(running, Limit.HARD);
        }
        if (passed(policy.stall(), now - running.lastProgressAt())) {
            return kill(running, Limit.STALL);
        }
        QueuedBatch queued = running.queued;
        if (queued.cancelled) {
            return killAfterGrace(
                    running, Limit.CANCELLED, Math.max(running.startedAt(), queued.cancelledAt), grace, now);
        }
        if (running.isInterrupted()) {
            return killAfterGrace(running, Limit.SOFT, running.interruptedAt(), grace, now);
        }
        return passed(policy.soft(), now - running.startedAt())
                ? Optional.of(new TimeoutAction(running.process(), running.queued.task(), Limit.SOFT, false))
                : Optional.empty();
    }

    private static Optional<TimeoutAction> killAfterGrace(
            Lease running, Limit limit, long since, Duration grace, long now) {
        return now - since >= Durations.nanos(grace) ? kill(running, limit) : Optional.empty();
    }

    private static Optional<TimeoutAction> kill(Lease running, Limit limit) {
        return Optional.of(new TimeoutAction(running.process(), running.queued.task(), limit, true));
    }

    private static boolean passed(Optional<Duration> limit, long nanos) {
        return limit.isPresent() && nanos >= Durations.nanos(limit.get());
    }
}
