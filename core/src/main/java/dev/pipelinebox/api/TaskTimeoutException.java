package dev.pipelinebox.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The task has passed a limit of its {@link TaskOptions}. */
public final class TaskTimeoutException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /** The limit that has passed. */
    private final Limit limit;

    /** The record of the killed process. */
    private final @Nullable CrashDossier dossier;

    /** The limits of a task. */
    public enum Limit {
        /** The wait for a worker: {@link TaskOptions#withQueueTimeout}. */
        QUEUE,
        /** The time until an interrupt: {@link TaskOptions#withSoftTimeout}. */
        SOFT,
        /** The time until a kill: {@link TaskOptions#withHardTimeout}. */
        HARD,
        /** The time without progress: {@link TaskOptions#withStallTimeout}. */
        STALL
    }

    /**
     * Makes one for a task that ended by itself or never ran.
     *
     * @param message the cause and the remedy
     * @param limit the limit that has passed
     * @param cause the exception of the task after its interrupt, or {@code null}
     */
    public TaskTimeoutException(String message, Limit limit, @Nullable Throwable cause) {
        super(message, cause);
        this.limit = limit;
        this.dossier = null;
    }

    /**
     * Makes one for a task whose worker's process was killed.
     *
     * @param message the cause and the remedy
     * @param limit the limit that has passed
     * @param dossier the record of the attempts; the exit of the last one has the thread dump
     */
    public TaskTimeoutException(String message, Limit limit, CrashDossier dossier) {
        super(message);
        this.limit = limit;
        this.dossier = dossier;
    }

    /**
     * The limit that has passed.
     *
     * @return the limit
     */
    public Limit limit() {
        return limit;
    }

    /**
     * The record of the process that was killed for it, with a thread dump from right before.
     *
     * @return the dossier; empty if no process was killed
     */
    public Optional<CrashDossier> dossier() {
        return Optional.ofNullable(dossier);
    }
}
