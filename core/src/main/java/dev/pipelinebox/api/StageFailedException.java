package dev.pipelinebox.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An element of a pipeline failed in a stage. The cause is the error of its task there. */
public final class StageFailedException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /** The stage's number. */
    private final int stage;

    private final transient @Nullable Object argument;

    /**
     * Makes one.
     *
     * @param stage the number of the stage, from 1
     * @param workerClass the class of the stage's workers
     * @param argument the argument of the element in the first stage
     * @param cause the error of the stage's task
     */
    public StageFailedException(int stage, String workerClass, @Nullable Object argument, PipelineBoxException cause) {
        super("Stage " + stage + " (" + workerClass + ") failed: " + cause.getMessage(), cause);
        this.stage = stage;
        this.argument = argument;
    }

    /**
     * The stage in which the element failed.
     *
     * @return its number, from 1
     */
    public int stage() {
        return stage;
    }

    /**
     * The argument of the element in the first stage: a copy that Jackson made, or the object itself if it could not be
     * written.
     *
     * @return the argument; {@code null} also if it cannot be read back
     */
    public @Nullable Object argument() {
        return argument;
    }

    /**
     * The error of the stage's task.
     *
     * @return the error with which the task fails outside a pipeline
     */
    @Override
    public synchronized PipelineBoxException getCause() {
        return (PipelineBoxException) Objects.requireNonNull(super.getCause());
    }
}
