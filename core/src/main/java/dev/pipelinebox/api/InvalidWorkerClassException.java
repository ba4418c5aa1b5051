package dev.pipelinebox.api;

/** The worker class cannot be used. The message names the problem and the correct form. */
public final class InvalidWorkerClassException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public InvalidWorkerClassException(String message) {
        super(message);
    }

    /**
     * Makes one with its message and cause.
     *
     * @param message the cause and the remedy
     * @param cause what was thrown below
     */
    public InvalidWorkerClassException(String message, Throwable cause) {
        super(message, cause);
    }
}
