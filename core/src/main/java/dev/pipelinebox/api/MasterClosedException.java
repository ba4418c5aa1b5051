package dev.pipelinebox.api;

/** The master was closed or halted, so it takes no more tasks. Start a new one. */
public final class MasterClosedException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public MasterClosedException(String message) {
        super(message);
    }

    /**
     * Makes one with its message and cause.
     *
     * @param message the cause and the remedy
     * @param cause what ended the master
     */
    public MasterClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
