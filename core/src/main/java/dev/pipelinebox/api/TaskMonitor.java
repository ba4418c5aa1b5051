package dev.pipelinebox.api;

import org.jspecify.annotations.Nullable;

/**
 * Subscribed to what happens in a pool.
 *
 * <p>The calls to one monitor come one at a time, in the order of the events, on a thread of the monitors' own; the
 * caller gets a result only after the monitors were told of it. A monitor that is slow therefore slows the run, and one
 * that blocks stops it; so a monitor must not wait for results, nor close or halt its master. What a monitor throws is
 * logged and changes nothing else.
 */
public interface TaskMonitor {

    /**
     * A worker was added. Once for each worker, before anything else is told of it.
     *
     * @param workerIndex the worker's number, from 0
     * @param parameters what was handed to {@code addWorker}; {@code null} if nothing was
     */
    default void onWorkerAdded(int workerIndex, @Nullable Object parameters) {}

    /**
     * A task was added. Once for each task, before anything else is told of it.
     *
     * @param taskId the task's number, from 1
     */
    default void onTaskAdded(long taskId) {}

    /**
     * A task was handed to a worker. Once for each task, and once more each time that it is handed out again after
     * {@link PoolEvent.TaskRequeued}.
     *
     * @param workerIndex the worker's number
     * @param taskId the task's number
     */
    default void onTaskAttachedToWorker(int workerIndex, long taskId) {}

    /**
     * A worker brought a task's result, be it a value or an error. Once for each task that ran to its end.
     *
     * @param workerIndex the worker's number
     * @param taskId the task's number
     */
    default void onResultRetrievedFromWorker(int workerIndex, long taskId) {}

    /**
     * Something else happened.
     *
     * @param event what; further kinds may be added in later versions
     */
    default void onEvent(PoolEvent event) {}
}
