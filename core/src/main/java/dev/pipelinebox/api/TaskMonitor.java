package dev.pipelinebox.api;

import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a pool.
 *
 * <p>The calls to one monitor come one at a time, in the order of the events, on a separate thread. The caller gets a
 * result only after the monitors have received it. So a slow monitor slows the run, and one that blocks stops it. A
 * monitor must not wait for results, and must not close or halt its master. An exception that a monitor throws is
 * logged and changes nothing else.
 */
public interface TaskMonitor {

    /**
     * A worker was added. Once for each worker, before all other events of it.
     *
     * @param workerIndex the worker index, from 0
     * @param parameters the argument of {@code addWorker}, or {@code null}
     */
    default void onWorkerAdded(int workerIndex, @Nullable Object parameters) {}

    /**
     * A task was added. Once for each task, before all other events of it.
     *
     * @param taskId the task id, from 1
     */
    default void onTaskAdded(long taskId) {}

    /**
     * A task was dispatched to a worker. Once for each task, and once more for each dispatch after {@link
     * PoolEvent.TaskRequeued}.
     *
     * @param workerIndex the worker index
     * @param taskId the task id
     */
    default void onTaskAttachedToWorker(int workerIndex, long taskId) {}

    /**
     * The result of a task came from a worker, a value or an error. Once for each task that ran to its end.
     *
     * @param workerIndex the worker index
     * @param taskId the task id
     */
    default void onResultRetrievedFromWorker(int workerIndex, long taskId) {}

    /**
     * Receives every other event.
     *
     * @param event the event; later versions can add further kinds
     */
    default void onEvent(PoolEvent event) {}
}
