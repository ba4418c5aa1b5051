package dev.pipelinebox.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker could not be started: its process could not be launched, its constructor failed or took too long, or it ended before it was ready. */
public final class WorkerStartException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /** How the process ended, if that is the failure. */
    private final @Nullable WorkerExit exit;

    /**
     * Makes one with its message.
     *
     * @param message the cause and the remedy
     */
    public WorkerStartException(String message) {
        super(message);
        this.exit = null;
    }

    /**
     * Makes one for a process that ended before its worker was built.
     *
     * @param message the cause and the remedy
     * @param exit how it ended
     */
    public WorkerStartException(String message, WorkerExit exit) {
        super(message);
        this.exit = exit;
    }

    /**
     * Makes one with its message and cause.
     *
     * @param message the cause and the remedy
     * @param cause what was thrown below
     */
    public WorkerStartException(String message, Throwable cause) {
        super(message, cause);
        this.exit = null;
    }

    /**
     * How the process ended, if it did so before its worker was built: by a crash, for want of memory, or killed since it
     * took too long, with a thread dump from right before.
     *
     * @return the end; empty if the constructor threw, which {@link #getCause()} shows, or no process could be launched
     */
    public Optional<WorkerExit> exit() {
        return Optional.ofNullable(exit);
    }
}
