package dev.pipelinebox.api;

import org.jspecify.annotations.Nullable;

/**
 * What a running task may know of itself and tell of its progress.
 *
 * <p>{@link #current()} gives it on the thread that runs the task; the object may be handed to threads that the task
 * starts, and all its methods are thread-safe.
 */
public abstract class TaskContext {

    private static final ThreadLocal<Running> CURRENT = ThreadLocal.withInitial(Running::new);

    /** What a thread runs; it stays with the thread, since a task may take less time than to put it there. */
    private static final class Running {
        private @Nullable TaskContext task;
    }

    /** For the library, which makes one for each task. */
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
                            + "; ask on the thread that called runTask and hand the context over");
        }
        return context;
    }

    /**
     * Makes this the current context of the calling thread, or ends that. For the library.
     *
     * @param context the context, or {@code null} when the task has ended
     */
    protected static void enter(@Nullable TaskContext context) {
        CURRENT.get().task = context;
    }

    /**
     * The task's number.
     *
     * @return the id, as the caller and the monitors see it
     */
    public abstract long taskId();

    /**
     * Which try this is. A run that ended with its worker is not counted where it is unclear which of several tasks ran, so
     * a task that must know whether it has run before, and how far it came, has to keep a record of its own.
     *
     * @return 1 for the first
     */
    public abstract int attempt();

    /**
     * The number of the worker that runs the task, for what each worker needs one of: a port, a device, a folder.
     *
     * @return the index, as {@link WorkerHandle#index()}; a process that takes the place of another one has the number of
     *     the place, so no two processes run tasks under one number, but for the moments in which the one finishes what it
     *     runs while the other has taken over
     */
    public abstract int workerIndex();

    /**
     * Tells that the task gets on: {@link TaskOptions#withStallTimeout} counts from the last such sign, and monitors are
     * told by {@link PoolEvent.TaskProgressed}, at most some twenty times a second. Cheap enough for every round of a
     * loop.
     *
     * @param fraction how much is done, from 0 to 1; what lies outside is taken for the nearest of them
     * @param note what is being done; cut at 1,000 characters
     */
    public abstract void progress(double fraction, String note);

    /**
     * Tells whether the task's result is no longer wanted: it was cancelled, its soft limit has passed, or the master
     * halts. Its thread has been interrupted too; what does not end then is killed after {@code pipelinebox.task.grace},
     * or {@code pipelinebox.shutdown.grace} if the master halts.
     *
     * @return {@code true} from then on
     */
    public abstract boolean isCancelled();
}
