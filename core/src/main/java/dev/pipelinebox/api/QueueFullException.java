package dev.pipelinebox.api;

/**
 * As many questions as {@code pipelinebox.ask.max-pending} and {@code max-pending-size} allow are open; this one was not
 * taken in.
 */
public final class QueueFullException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public QueueFullException(String message) {
        super(message);
    }
}
