package dev.pipelinebox.api;

import org.jspecify.annotations.Nullable;

/** The root of all exceptions of the library, and the type of a failed task's error. Each cause has a subclass. */
public abstract class PipelineBoxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    protected PipelineBoxException(String message) {
        super(message);
    }

    /**
     * Makes one with its message and cause.
     *
     * @param message the cause and the remedy
     * @param cause what was thrown below, or {@code null}
     */
    protected PipelineBoxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
