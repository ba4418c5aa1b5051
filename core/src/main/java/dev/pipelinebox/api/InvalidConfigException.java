package dev.pipelinebox.api;

/** A key or a value under {@code pipelinebox} is wrong. The message names the key, the value and the allowed values. */
public final class InvalidConfigException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public InvalidConfigException(String message) {
        super(message);
    }

    /**
     * Makes one with its message and cause.
     *
     * @param message the cause and the remedy
     * @param cause what was thrown below
     */
    public InvalidConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
