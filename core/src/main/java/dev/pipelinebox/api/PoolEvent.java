package dev.pipelinebox.api;

import java.time.Duration;

/** What a {@link TaskMonitor} hears beside its four main calls. */
public sealed interface PoolEvent {

    /**
     * A worker's process was launched.
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
     * A task that was handed to a worker waits again: its worker died, or gave it back unstarted.
     *
     * @param workerIndex the worker that had it
     * @param taskId the task's number
     */
    record TaskRequeued(int workerIndex, long taskId) implements PoolEvent {}

    /**
     * A task that was handed to a worker will bring no result from it: it was cancelled, its attempts are used up, or
     * the master was closed.
     *
     * @param workerIndex the worker that had it
     * @param taskId the task's number
     */
    record TaskAbandoned(int workerIndex, long taskId) implements PoolEvent {}
}
