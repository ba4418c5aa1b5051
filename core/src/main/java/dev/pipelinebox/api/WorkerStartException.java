package dev.pipelinebox.api;

/** A worker could not be started: its process could not be launched, its constructor failed or took too long, or it ended before it was ready. */
public final class WorkerStartException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public WorkerStartException(String message) {
        super(message);
    }

    /**
     * Makes one with its message and cause.
     *
     * @param message the cause and the remedy
     * @param cause what was thrown below
     */
    public WorkerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
