package dev.pipelinebox.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a pool. The first four kinds go to subscribed actors only, since a {@link TaskMonitor} has calls of its
 * own for them; all others are told to {@link TaskMonitor#onEvent} and to actors alike.
 */
public sealed interface PoolEvent {

    /**
     * A worker was added, as in {@link TaskMonitor#onWorkerAdded}. Told to subscribed actors only.
     *
     * @param workerIndex the worker's number
     * @param parameters what was handed to {@code addWorker}; {@code null} if nothing was
     */
    record WorkerAdded(int workerIndex, @Nullable Object parameters) implements PoolEvent {}

    /**
     * A task was added, as in {@link TaskMonitor#onTaskAdded}. Told to subscribed actors only.
     *
     * @param taskId the task's number
     */
    record TaskAdded(long taskId) implements PoolEvent {}

    /**
     * A task was handed to a worker, as in {@link TaskMonitor#onTaskAttachedToWorker}. Told to subscribed actors only.
     *
     * @param workerIndex the worker's number
     * @param taskId the task's number
     */
    record TaskAttachedToWorker(int workerIndex, long taskId) implements PoolEvent {}

    /**
     * A worker brought a task's result, as in {@link TaskMonitor#onResultRetrievedFromWorker}. Told to subscribed actors
     * only.
     *
     * @param workerIndex the worker's number
     * @param taskId the task's number
     */
    record ResultRetrievedFromWorker(int workerIndex, long taskId) implements PoolEvent {}

    /**
     * A worker's process was launched, or a spare takes the worker's place.
     *
     * @param workerIndex the worker's number
     * @param pid its process
     */
    record WorkerStarted(int workerIndex, long pid) implements PoolEvent {}

    /**
     * A worker has built the user's {@link Worker} and takes tasks.
     *
     * @param workerIndex the worker's number
     * @param pid its process
     * @param startup the time from launching to being ready
     */
    record WorkerBecameReady(int workerIndex, long pid, Duration startup) implements PoolEvent {}

    /**
     * A worker could not be built. It is tried again after the back-off, or given up.
     *
     * @param workerIndex the worker's number
     * @param error why
     * @param givenUp whether this was the last try
     */
    record WorkerStartFailed(int workerIndex, WorkerStartException error, boolean givenUp) implements PoolEvent {}

    /**
     * A worker's process ended, asked or unasked.
     *
     * @param workerIndex the worker's number
     * @param exit how it ended
     */
    record WorkerExited(int workerIndex, WorkerExit exit) implements PoolEvent {}

    /**
     * A worker will be replaced without a gap: another process is built, then takes its place.
     *
     * @param workerIndex the worker's number
     * @param reason why, such as {@code "it has run 1000 tasks"}
     */
    record WorkerWornOut(int workerIndex, String reason) implements PoolEvent {}

    /**
     * A warm spare is built, which takes the place of the next worker with the same parameters and options that dies or
     * is worn out.
     *
     * @param pid its process
     * @param startup the time from launching to being ready
     */
    record SpareBecameReady(long pid, Duration startup) implements PoolEvent {}

    /**
     * A warm spare could not be built, or ended while it waited.
     *
     * @param reason why
     */
    record SpareLost(String reason) implements PoolEvent {}

    /**
     * The task that {@link TaskMonitor#onTaskAdded} was just called for has a name. Only for tasks that have one.
     *
     * @param taskId the task's number
     * @param name as {@link TaskOptions#withName} has set it
     */
    record TaskNamed(long taskId, String name) implements PoolEvent {}

    /**
     * A task told of its progress by {@link TaskContext#progress}. Of several in a short time only the last is
     * told, and the last before its end may not be.
     *
     * @param workerIndex the worker that runs it
     * @param taskId the task's number
     * @param fraction how much is done, from 0 to 1
     * @param note what is being done
     */
    record TaskProgressed(int workerIndex, long taskId, double fraction, String note) implements PoolEvent {}

    /**
     * A task has passed a limit of its {@link TaskOptions}: it was dropped from the queue, interrupted, or its worker's
     * process is being killed.
     *
     * @param taskId the task's number
     * @param limit the limit
     */
    record TaskTimedOut(long taskId, TaskTimeoutException.Limit limit) implements PoolEvent {}

    /**
     * A task threw an exception that its {@link Retry} names, and runs again after the wait.
     *
     * @param workerIndex the worker that ran it
     * @param taskId the task's number
     * @param attempt the attempt that threw
     * @param backoff the wait
     */
    record TaskRetried(int workerIndex, long taskId, int attempt, Duration backoff) implements PoolEvent {}

    /**
     * A task that was handed to a worker waits again: its worker died, or gave it back unstarted.
     *
     * @param workerIndex the worker that had it
     * @param taskId the task's number
     */
    record TaskRequeued(int workerIndex, long taskId) implements PoolEvent {}

    /**
     * A task that was handed to a worker will bring no result from it: it was cancelled, has passed a limit of
     * time, or its attempts are used up.
     *
     * @param workerIndex the worker that had it
     * @param taskId the task's number
     */
    record TaskAbandoned(int workerIndex, long taskId) implements PoolEvent {}
}
