package dev.pipelinebox.api;

/**
 * A task was refused, because a limit is reached: that of pending asks ({@code pipelinebox.ask.max-pending} and {@code
 * max-pending-size}), or that of tasks that were added for the next run ({@code pipelinebox.run.max-added} and {@code
 * max-added-size}).
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
