package dev.pipelinebox.api;

import org.jspecify.annotations.Nullable;

/**
 * The one result that every task has: a {@link Success} with its value or a {@link Failure} with its error.
 *
 * @param <R> the type of the value
 */
public sealed interface TaskResult<R extends @Nullable Object> {

    /**
     * The task's number.
     *
     * @return the id, counting from 1 in the order in which the master's tasks were added
     */
    long taskId();

    /**
     * The task's value, if it has one.
     *
     * @return what {@link Worker#runTask} returned
     * @throws PipelineBoxException the error, if this is a {@link Failure}
     */
    R value();

    /**
     * Tells whether the task returned a value.
     *
     * @return {@code true} for a {@link Success}
     */
    default boolean isSuccess() {
        return this instanceof Success;
    }

    /**
     * A task that returned.
     *
     * @param taskId the task's number
     * @param value what it returned
     * @param <R> the type of the value
     */
    record Success<R extends @Nullable Object>(long taskId, R value) implements TaskResult<R> {}

    /**
     * A task that has no value: it threw, its worker died, or its value could not be carried over.
     *
     * @param taskId the task's number
     * @param error why; its class names the kind of cause
     * @param <R> the type of the value that is missing
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
