package dev.pipelinebox.api;

import org.jspecify.annotations.Nullable;

/**
 * The user's work, built once in each worker process and then asked to run task after task.
 *
 * <p>An implementation is a public class with <b>one public constructor</b>, which takes either nothing or one
 * parameter that Jackson can read (usually a record). The constructor is the place for everything slow: loading a
 * model, warming a compiler, opening a licence. It runs once in every worker process, in a JVM of its own.
 *
 * <p>The constructor, {@link #runTask} and {@link #close} are all called on <b>one and the same thread</b> of the
 * worker process, one after the other, so an implementation needs no synchronisation of its own.
 *
 * <p>A task normally runs once. If its worker dies while running it, it runs again in another worker, so a task should
 * bear to be repeated.
 *
 * @param <A> the type of a task's argument; any type that Jackson reads and writes
 * @param <R> the type of a task's result; any type that Jackson reads and writes
 */
public interface Worker<A extends @Nullable Object, R extends @Nullable Object> {

    /**
     * Runs one task.
     *
     * @param argument what the caller handed in; {@code null} if the caller handed in {@code null}
     * @return the task's result; may be {@code null}
     * @throws Exception if the task fails; it becomes that task's {@link TaskResult.Failure}, and the worker goes on
     */
    R runTask(A argument) throws Exception;

    /**
     * Asked after each task, whether this worker should go on. One that should not, since it has leaked or lost its
     * licence, is replaced: another process is built first, then this one finishes what it holds and ends.
     *
     * <p>It belongs to the task after which it is asked: the task's result is sent when it has returned, the task's limits
     * of time go on, an interrupt may reach it, and if it ends the process, that task is to blame.
     *
     * @return {@code false} to be replaced; what it throws counts as {@code false}
     */
    default boolean isHealthy() {
        return true;
    }

    /**
     * Releases what the constructor took. Called once, after the last task, when the worker is stopped in an orderly
     * way; not called when the process is killed.
     *
     * @throws Exception if releasing fails; it is reported in the worker's output and changes nothing else
     */
    default void close() throws Exception {}
}
