package dev.pipelinebox.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An event of a pool. The first four kinds go only to subscribed actors, because a {@link TaskMonitor} has separate
 * methods for them. All others go to {@link TaskMonitor#onEvent} and to actors.
 */
public sealed interface PoolEvent {

    /**
     * A worker was added, as in {@link TaskMonitor#onWorkerAdded}. For subscribed actors only.
     *
     * @param workerIndex the worker index
     * @param parameters the argument of {@code addWorker}, or {@code null}
     */
    record WorkerAdded(int workerIndex, @Nullable Object parameters) implements PoolEvent {}

    /**
     * A task was added, as in {@link TaskMonitor#onTaskAdded}. For subscribed actors only.
     *
     * @param taskId the task id
     */
    record TaskAdded(long taskId) implements PoolEvent {}

    /**
     * A task was dispatched to a worker, as in {@link TaskMonitor#onTaskAttachedToWorker}. For subscribed actors only.
     *
     * @param workerIndex the worker index
     * @param taskId the task id
     */
    record TaskAttachedToWorker(int workerIndex, long taskId) implements PoolEvent {}

    /**
     * The result of a task came from a worker, as in {@link TaskMonitor#onResultRetrievedFromWorker}. For subscribed
     * actors only.
     *
     * @param workerIndex the worker index
     * @param taskId the task id
     */
    record ResultRetrievedFromWorker(int workerIndex, long taskId) implements PoolEvent {}

    /**
     * A worker's process was launched, or a spare fills its slot.
     *
     * @param workerIndex the worker index
     * @param pid the process id
     */
    record WorkerStarted(int workerIndex, long pid) implements PoolEvent {}

    /**
     * A worker has built the user's {@link Worker} and takes tasks.
     *
     * @param workerIndex the worker index
     * @param pid the process id
     * @param startup the time from the launch until it was ready
     */
    record WorkerBecameReady(int workerIndex, long pid, Duration startup) implements PoolEvent {}

    /**
     * A worker could not be built. Its start is tried again after the back-off, or the worker is given up.
     *
     * @param workerIndex the worker index
     * @param error the cause
     * @param givenUp whether this was the last attempt
     */
    record WorkerStartFailed(int workerIndex, WorkerStartException error, boolean givenUp) implements PoolEvent {}

    /**
     * A worker's process ended, for any reason. The event is published once the cause is known. The replacement may have been
     * started by then, so its {@link WorkerStarted} may come before.
     *
     * @param workerIndex the worker index
     * @param exit how it ended
     */
    record WorkerExited(int workerIndex, WorkerExit exit) implements PoolEvent {}

    /**
     * A worker is due for recycling. It is replaced without a gap: the replacement is built, then fills its slot.
     *
     * @param workerIndex the worker index
     * @param reason the reason, such as {@code "it has run 1000 tasks"}
     */
    record WorkerWornOut(int workerIndex, String reason) implements PoolEvent {}

    /**
     * A spare is built. It replaces the next worker with the same parameters and options that dies or is due for
     * recycling.
     *
     * @param pid the process id
     * @param startup the time from the launch until it was ready
     */
    record SpareBecameReady(long pid, Duration startup) implements PoolEvent {}

    /**
     * A spare could not be built, or ended while it waited.
     *
     * @param reason the reason
     */
    record SpareLost(String reason) implements PoolEvent {}

    /**
     * The task of the {@link TaskMonitor#onTaskAdded} call before has a name. Only for tasks with a name.
     *
     * @param taskId the task id
     * @param name the name that {@link TaskOptions#withName} set
     */
    record TaskNamed(long taskId, String name) implements PoolEvent {}

    /**
     * A task reported its progress by {@link TaskContext#progress}. Of several reports in a short time only the last
     * one is an event, and the last one before the end of the task may be missing.
     *
     * @param workerIndex the index of the worker that runs it
     * @param taskId the task id
     * @param fraction the completed part, from 0 to 1
     * @param note the current step
     */
    record TaskProgressed(int workerIndex, long taskId, double fraction, String note) implements PoolEvent {}

    /**
     * A task has passed a limit of its {@link TaskOptions}. It was dropped from the backlog, it was interrupted, or its
     * worker's process is being killed.
     *
     * @param taskId the task id
     * @param limit the limit
     */
    record TaskTimedOut(long taskId, TaskTimeoutException.Limit limit) implements PoolEvent {}

    /**
     * A task threw an exception that its {@link Retry} names, and runs again after the wait.
     *
     * @param workerIndex the index of the worker that ran it
     * @param taskId the task id
     * @param attempt the attempt that threw
     * @param backoff the wait
     */
    record TaskRetried(int workerIndex, long taskId, int attempt, Duration backoff) implements PoolEvent {}

    /**
     * A dispatched task is in the backlog again: its worker died, or the worker returned it before its start.
     *
     * @param workerIndex the index of the worker that held it
     * @param taskId the task id
     */
    record TaskRequeued(int workerIndex, long taskId) implements PoolEvent {}

    /**
     * A dispatched task will bring no result from its worker: it was cancelled, it has passed a time limit, or its
     * attempts are used up.
     *
     * @param workerIndex the index of the worker that held it
     * @param taskId the task id
     */
    record TaskAbandoned(int workerIndex, long taskId) implements PoolEvent {}

    /**
     * A host has joined, and both sides reach each other.
     *
     * @param host its name
     * @param address where the master reaches it
     * @param processors its number of processors
     * @param memory its memory for workers, in bytes
     */
    record HostJoined(String host, String address, int processors, long memory) implements PoolEvent {}

    /**
     * A host cannot run workers of this master.
     *
     * @param host its name
     * @param reason the cause and the remedy
     */
    record HostUnsuitable(String host, String reason) implements PoolEvent {}

    /**
     * Nothing has come through between the master and a host for some seconds. It gets no workers until it is heard
     * again. If it stays silent, a {@link HostLost} follows.
     *
     * @param host its name
     * @param since for how long
     * @param direction which way
     */
    record HostSilent(String host, Duration since, Direction direction) implements PoolEvent {

        /** The way that messages do not come through. */
        public enum Direction {
            /** Nothing comes from the host. Whether it hears the master is not known. */
            FROM_HOST,

            /** The host is heard, and says that it does not hear the master. */
            TO_HOST
        }
    }

    /**
     * A host that was silent is heard again, and so is the master by it.
     *
     * @param host its name
     */
    record HostHeardAgain(String host) implements PoolEvent {}

    /**
     * A host was given up. Its workers have ended by then, as it may not run them without the master. If the machine
     * joins again, that is another {@link HostJoined}.
     *
     * @param host its name
     * @param cause the cause
     * @param tasksMoved how many tasks run again elsewhere
     */
    record HostLost(String host, String cause, int tasksMoved) implements PoolEvent {}

    /**
     * A host has left in an orderly way.
     *
     * @param host its name
     * @param tasksMoved how many tasks run again elsewhere, as they had no time to end
     */
    record HostLeft(String host, int tasksMoved) implements PoolEvent {}

    /**
     * A host that was asked to drain has no workers any more.
     *
     * @param host its name
     */
    record HostDrained(String host) implements PoolEvent {}

    /**
     * No host fits a worker, which waits for one.
     *
     * @param workerIndex the worker index
     * @param reason what it needs, and why no host has it
     */
    record WorkerUnplaced(int workerIndex, String reason) implements PoolEvent {}

    /**
     * Code that a host lacked was sent to it.
     *
     * @param host its name
     * @param bytes how much
     * @param took how long
     */
    record CodeSent(String host, long bytes, Duration took) implements PoolEvent {}
}
