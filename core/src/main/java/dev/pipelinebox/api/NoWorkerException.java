package dev.pipelinebox.api;

/** There is no worker, and none is to come, that could run the task; call {@code addWorker} first. */
public final class NoWorkerException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public NoWorkerException(String message) {
        super(message);
    }
}
