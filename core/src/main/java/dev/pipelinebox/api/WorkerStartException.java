package dev.pipelinebox.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A worker could not start: its process could not be launched, its constructor failed or took too long, or it ended
 * before it was ready.
 */
public final class WorkerStartException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /** How the process ended. */
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
     * Makes one for a process that could not be launched.
     *
     * @param message the cause and the remedy
     * @param cause what was thrown below
     */
    public WorkerStartException(String message, Throwable cause) {
        this(message, cause, null);
    }

    /**
     * Makes one for a process whose worker threw in its constructor.
     *
     * @param message the cause and the remedy
     * @param cause the exception of the constructor
     * @param exit how the process ended then, or {@code null} if its end was not seen
     */
    public WorkerStartException(String message, Throwable cause, @Nullable WorkerExit exit) {
        super(message, cause);
        this.exit = exit;
    }

    /**
     * How the process ended: by a crash, without memory, killed because it took too long, with a thread dump from right
     * before, or after its constructor threw, which {@link #getCause()} shows. It has the last output of the process.
     *
     * @return the end; empty if no process could be launched, or its end was not seen
     */
    public Optional<WorkerExit> exit() {
        return Optional.ofNullable(exit);
    }
}
