package dev.pipelinebox.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An element of a pipeline came to its end before the end of the last stage. Its cause is the error of its task there. */
public final class StageFailedException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /** The stage's number. */
    private final int stage;

    private final transient @Nullable Object argument;

    /**
     * Makes one.
     *
     * @param stage the stage's number, from 1
     * @param workerClass the class of the stage's workers
     * @param argument what the element came into the pipeline as
     * @param cause the error of the stage's task
     */
    public StageFailedException(int stage, String workerClass, @Nullable Object argument, PipelineBoxException cause) {
        super("Stage " + stage + " (" + workerClass + ") failed: " + cause.getMessage(), cause);
        this.stage = stage;
        this.argument = argument;
    }

    /**
     * The stage where the element ended.
     *
     * @return its number, from 1
     */
    public int stage() {
        return stage;
    }

    /**
     * The argument with which the element came into the first stage: a copy, as Jackson makes it, or the object itself if
     * it could not be written.
     *
     * @return the argument; {@code null} also if it cannot be read back
     */
    public @Nullable Object argument() {
        return argument;
    }

    /**
     * The error of the stage's task.
     *
     * @return what the task would have failed with if it had been run by itself
     */
    @Override
    public synchronized PipelineBoxException getCause() {
        return (PipelineBoxException) Objects.requireNonNull(super.getCause());
    }
}
