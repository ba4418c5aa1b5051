package dev.pipelinebox.api;

/**
 * The keys of a cluster, or an invitation to it, cannot be read, written or used. The message names the file, the problem and
 * the remedy.
 */
public final class InvalidKeysException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public InvalidKeysException(String message) {
        super(message);
    }

    /**
     * Makes one with its message and cause.
     *
     * @param message the cause and the remedy
     * @param cause what was thrown below
     */
    public InvalidKeysException(String message, Throwable cause) {
        super(message, cause);
    }
}
