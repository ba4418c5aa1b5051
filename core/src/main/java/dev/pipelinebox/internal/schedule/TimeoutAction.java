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
 * @param limit what it has passed
 * @param kill whether the process is killed; otherwise the task is interrupted
 */
public record TimeoutAction(long process, Task task, Limit limit, boolean kill) {

    /** What a running task can pass. */
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

        /** As the caller is told; nobody is told of what was cancelled. */
        public Optional<TaskTimeoutException.Limit> shown() {
            return Optional.ofNullable(shown);
        }
    }

    /** Judges the task that runs in a hand. Whoever is interrupted or killed by this has to be marked so by the caller. */
    static Optional<TimeoutAction> of(InFlight hand, Duration grace, long now) {
        QueuedTask running = hand.first();
        if (running == null || hand.sentence != null || hand.isEnding) {
            return Optional.empty();
        }
        long ran = now - hand.firstSince();
        TaskPolicy policy = running.task.policy();
        if (passed(policy.hard(), ran)) {
            return Optional.of(new TimeoutAction(hand.process, running.task, Limit.HARD, true));
        }
        long quiet = now - Math.max(hand.firstSince(), running.progressedAt);
        if (passed(policy.stall(), quiet)) {
            return Optional.of(new TimeoutAction(hand.process, running.task, Limit.STALL, true));
        }
        if (running.cancelled) {
            boolean graceOver = now - Math.max(hand.firstSince(), running.cancelledAt) >= Durations.nanos(grace);
            return graceOver
                    ? Optional.of(new TimeoutAction(hand.process, running.task, Limit.CANCELLED, true))
                    : Optional.empty();
        }
        if (running.interrupted) {
            return now - running.interruptedAt >= Durations.nanos(grace)
                    ? Optional.of(new TimeoutAction(hand.process, running.task, Limit.SOFT, true))
                    : Optional.empty();
        }
        return passed(policy.soft(), ran)
                ? Optional.of(new TimeoutAction(hand.process, running.task, Limit.SOFT, false))
                : Optional.empty();
    }

    private static boolean passed(Optional<Duration> limit, long nanos) {
        return limit.isPresent() && nanos >= Durations.nanos(limit.get());
    }
}
