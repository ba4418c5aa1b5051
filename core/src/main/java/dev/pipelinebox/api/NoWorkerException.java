package dev.pipelinebox.api;

import org.jspecify.annotations.Nullable;

/** No worker can run the task, and none is to come. Call {@code addWorker} first. */
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

    /**
     * Makes one with its message and cause.
     *
     * @param message the cause and the remedy
     * @param cause why the last worker ended, or {@code null} if there was none
     */
    public NoWorkerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
