package dev.pipelinebox.api;

import org.jspecify.annotations.Nullable;

/**
 * The user's work. It is built once in each worker process and then runs task after task.
 *
 * <p>An implementation is a public class with <b>one public constructor</b>. It has no parameter, or one that Jackson
 * can read (usually a record). The slow part belongs in the constructor: loading a model, warming a compiler, opening a
 * licence. It runs once in every worker process, which is a separate JVM.
 *
 * <p>The constructor, {@link #runTask}, {@link #isHealthy} and {@link #close} run on <b>one and the same thread</b> of
 * the worker process, one after the other. So an implementation needs no synchronization.
 *
 * <p>A task normally runs once. If its worker dies while it runs, it runs again in another worker. So a task must be
 * safe to run again.
 *
 * @param <A> the type of a task's argument; any type that Jackson reads and writes
 * @param <R> the type of a task's result; any type that Jackson reads and writes
 */
public interface Worker<A extends @Nullable Object, R extends @Nullable Object> {

    /**
     * Runs one task.
     *
     * @param argument the caller's argument, which can be {@code null}
     * @return the result of the task; can be {@code null}
     * @throws Exception if the task fails; the task then has a {@link TaskResult.Failure}, and the worker goes on
     */
    R runTask(A argument) throws Exception;

    /**
     * Whether this worker should go on; called after each task. A worker that returns {@code false}, because it has
     * leaked or lost its licence, is replaced: the replacement is built first, then this one finishes the tasks that it
     * holds and ends.
     *
     * <p>The call is a part of the task before it: the result of the task is sent after it has returned, the time
     * limits of the task go on, an interrupt can reach it, and if it ends the process, that task loses an attempt.
     *
     * @return {@code false} to be replaced; an exception counts as {@code false}
     */
    default boolean isHealthy() {
        return true;
    }

    /**
     * Releases the resources of the constructor. Called once, after the last task, when the worker stops in an orderly
     * way; not called when the process is killed.
     *
     * @throws Exception if releasing fails; the exception appears in the worker's output and changes nothing else
     */
    default void close() throws Exception {}
}
