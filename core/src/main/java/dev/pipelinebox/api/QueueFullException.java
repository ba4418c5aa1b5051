package dev.pipelinebox.api;

/**
 * A task was not taken in, since there are as many as there may be: questions without an answer, by {@code
 * pipelinebox.ask.max-pending} and {@code max-pending-size}, or tasks that were added for the next run, by {@code
 * pipelinebox.run.max-added} and {@code max-added-size}.
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
