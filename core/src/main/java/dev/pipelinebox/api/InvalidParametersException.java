package dev.pipelinebox.api;

/** The parameters that were passed to {@code addWorker} do not fit the worker's constructor. */
public final class InvalidParametersException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public InvalidParametersException(String message) {
        super(message);
    }

    /**
     * Makes one with its message and cause.
     *
     * @param message the cause and the remedy
     * @param cause what was thrown below
     */
    public InvalidParametersException(String message, Throwable cause) {
        super(message, cause);
    }
}
