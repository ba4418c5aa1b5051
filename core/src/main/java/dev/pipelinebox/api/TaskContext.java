package dev.pipelinebox.api;

import org.jspecify.annotations.Nullable;

/**
 * The running task: its ids, its cancellation and its progress reports.
 *
 * <p>{@link #current()} returns it on the thread that runs the task. The object can be passed to threads that the task
 * starts. All its methods are thread-safe.
 */
public abstract class TaskContext {

    private static final ThreadLocal<Running> CURRENT = ThreadLocal.withInitial(Running::new);

    /**
     * The task of a thread. The holder stays with the thread, because setting a thread-local takes longer than a short
     * task.
     */
    private static final class Running {
        private @Nullable TaskContext task;
    }

    /** For the library, which creates one for each task. */
    protected TaskContext() {}

    /**
     * The task that runs on this thread.
     *
     * @return its context
     * @throws IllegalStateException if no task runs on this thread
     */
    public static TaskContext current() {
        TaskContext context = CURRENT.get().task;
        if (context == null) {
            throw new IllegalStateException(
                    "No task runs on the thread " + Thread.currentThread().getName()
                            + "; call it on the thread that called runTask and pass the context on");
        }
        return context;
    }

    /**
     * Sets or clears the current context of the calling thread. For the library.
     *
     * @param context the context, or {@code null} when the task has ended
     */
    protected static void enter(@Nullable TaskContext context) {
        CURRENT.get().task = context;
    }

    /**
     * The task id.
     *
     * @return the id that the caller and the monitors see
     */
    public abstract long taskId();

    /**
     * The number of this attempt. If a worker dies and it is unclear which of several tasks ran, no attempt is counted.
     * So a task that must know whether it has run before, and how far it came, has to keep its own record.
     *
     * @return 1 for the first
     */
    public abstract int attempt();

    /**
     * The index of the worker that runs the task. Use it where each worker needs its own port, device or folder.
     *
     * @return the index, as {@link WorkerHandle#index()}. A replacement has the index of the process that it replaces.
     *     Two processes run tasks with one index only for moments, while the old one finishes its task after the
     *     replacement has filled the slot
     */
    public abstract int workerIndex();

    /**
     * Reports progress. {@link TaskOptions#withStallTimeout} counts from the last report. Monitors receive {@link
     * PoolEvent.TaskProgressed}, at most some twenty times a second. Cheap enough for every iteration of a loop.
     *
     * @param fraction the completed part, from 0 to 1; values outside count as the nearer of the two
     * @param note the current step; cut at 1,000 characters
     */
    public abstract void progress(double fraction, String note);

    /**
     * Whether the result of the task is no longer needed: it was cancelled, its soft limit has passed, or the master
     * halts. Its thread was interrupted, too. If the task does not end, its process is killed after {@code
     * pipelinebox.task.grace}, or after {@code pipelinebox.shutdown.grace} if the master halts.
     *
     * @return {@code true} from then on
     */
    public abstract boolean isCancelled();
}
