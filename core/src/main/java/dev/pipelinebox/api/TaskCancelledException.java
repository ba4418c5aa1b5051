package dev.pipelinebox.api;

/** The task was cancelled by its caller before it had a result. */
public final class TaskCancelledException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public TaskCancelledException(String message) {
        super(message);
    }
}
