package dev.pipelinebox.api;

/** The calling thread was interrupted while it waited. Its interrupt status stays set. */
public final class CallerInterruptedException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public CallerInterruptedException(String message) {
        super(message);
    }

    /**
     * Makes one with its message and cause.
     *
     * @param message the cause and the remedy
     * @param cause what was thrown below
     */
    public CallerInterruptedException(String message, Throwable cause) {
        super(message, cause);
    }
}
