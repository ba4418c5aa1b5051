package dev.pipelinebox.api;

import org.jspecify.annotations.Nullable;

/**
 * The one result of a task: a {@link Success} with its value or a {@link Failure} with its error.
 *
 * @param <R> the type of the value
 */
public sealed interface TaskResult<R extends @Nullable Object> {

    /**
     * The task id.
     *
     * @return the id; ids count from 1 in the order in which the tasks of a master were added
     */
    long taskId();

    /**
     * The task's value, if it has one.
     *
     * @return the value that {@link Worker#runTask} returned
     * @throws PipelineBoxException the error, if this is a {@link Failure}
     */
    R value();

    /**
     * Whether the task returned a value.
     *
     * @return {@code true} for a {@link Success}
     */
    default boolean isSuccess() {
        return this instanceof Success;
    }

    /**
     * A task that returned.
     *
     * @param taskId the task id
     * @param value the returned value
     * @param <R> the type of the value
     */
    record Success<R extends @Nullable Object>(long taskId, R value) implements TaskResult<R> {}

    /**
     * A task without a value: it threw, its worker died, or its value could not be transferred.
     *
     * @param taskId the task id
     * @param error the error; its class names the kind of cause
     * @param <R> the type of the missing value
     */
    record Failure<R extends @Nullable Object>(long taskId, PipelineBoxException error) implements TaskResult<R> {

        /**
         * Throws the error.
         *
         * @throws PipelineBoxException always
         */
        @Override
        public R value() {
            throw error;
        }
    }
}
