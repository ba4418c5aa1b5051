package dev.pipelinebox.internal.task;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a task is treated, with nothing left open.
 *
 * @param queue how long it may wait, if that is limited
 * @param soft how long it may run until it is interrupted, if that is limited
 * @param hard how long it may run until its process is killed, if that is limited
 * @param stall how long it may run without progress, if that is limited
 * @param maxAttempts how often it is tried if its workers die
 * @param retry which of its exceptions have it run again
 * @param standing how it stands among the others
 */
public record TaskPolicy(
        Optional<Duration> queue,
        Optional<Duration> soft,
        Optional<Duration> hard,
        Optional<Duration> stall,
        int maxAttempts,
        Retry retry,
        TaskRank standing) {

    /**
     * The policy of tasks of which nothing more is said.
     *
     * @param queue how long they may wait, if that is limited
     * @param soft how long they may run until they are interrupted, if that is limited
     * @param hard how long they may run until their process is killed, if that is limited
     * @param stall how long they may run without progress, if that is limited
     * @param maxAttempts how often they are tried if their workers die
     * @param retry which of their exceptions have them run again
     */
    public TaskPolicy(
            Optional<Duration> queue,
            Optional<Duration> soft,
            Optional<Duration> hard,
            Optional<Duration> stall,
            int maxAttempts,
            Retry retry) {
        this(queue, soft, hard, stall, maxAttempts, retry, TaskRank.ORDINARY);
    }

    /**
     * This policy, changed where options say something.
     *
     * @param options the options of one task
     * @param keys writes its key as bytes
     * @return the policy of that task
     */
    public TaskPolicy with(TaskOptions options, Function<Object, byte[]> keys) {
        if (options.key().isEmpty() && options.equals(TaskOptions.defaults())) {
            return this;
        }
        return new TaskPolicy(
                options.queueTimeout().or(() -> queue),
                options.softTimeout().or(() -> soft),
                options.hardTimeout().or(() -> hard),
                options.stallTimeout().or(() -> stall),
                options.maxAttempts().orElse(maxAttempts),
                options.retry().orElse(retry),
                standing.with(options, keys));
    }

    /**
     * This policy for a task that may take any time, since its programmer looks at it through a debugger.
     *
     * @return a copy without limits of time
     */
    public TaskPolicy withoutLimits() {
        return new TaskPolicy(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), maxAttempts, retry, standing);
    }

    /**
     * This policy for a task that only one worker may run.
     *
     * @param workerIndex its number
     * @return a changed copy
     */
    public TaskPolicy onlyOn(int workerIndex) {
        TaskRank only = new TaskRank(standing.priority(), new AffinityKey.ForWorker(workerIndex), standing.name());
        return new TaskPolicy(queue, soft, hard, stall, maxAttempts, retry, only);
    }

    /**
     * This policy for a task that any worker may run, though it was for one alone. A key of the user's stays.
     *
     * @return a copy, changed if need be
     */
    public TaskPolicy onAny() {
        if (!(standing.key() instanceof AffinityKey.ForWorker)) {
            return this;
        }
        TaskRank any = new TaskRank(standing.priority(), null, standing.name());
        return new TaskPolicy(queue, soft, hard, stall, maxAttempts, retry, any);
    }

    /** Tells whether a task may run again after it threw something, whatever that is. */
    public boolean mayBeRetried() {
        return retry.maxAttempts() > 1 && !retry.exceptionClasses().isEmpty();
    }

    /** Tells whether a task that threw so often, at last something of these classes, may run again. */
    public boolean allowsRetry(int failures, Supplier<List<String>> thrownClasses) {
        return failures < retry.maxAttempts()
                && !retry.exceptionClasses().isEmpty()
                && thrownClasses.get().stream().anyMatch(retry.exceptionClasses()::contains);
    }

    /** The wait before a task that failed so often runs again. */
    public Duration retryBackoff(int failures) {
        return Backoff.of(failures, retry.minBackoff(), retry.maxBackoff());
    }
}
