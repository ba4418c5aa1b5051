package dev.pipelinebox.api;

/**
 * An argument or a result cannot be transferred between the processes: Jackson cannot write or read it, or it is too
 * large.
 */
public final class PayloadException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public PayloadException(String message) {
        super(message);
    }

    /**
     * Makes one with its message and cause.
     *
     * @param message the cause and the remedy
     * @param cause what was thrown below
     */
    public PayloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
