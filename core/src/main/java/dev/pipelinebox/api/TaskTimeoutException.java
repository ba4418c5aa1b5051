package dev.pipelinebox.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A limit of the task's {@link TaskOptions} has passed. */
public final class TaskTimeoutException extends PipelineBoxException {

    private static final long serialVersionUID = 1L;

    /** Which limit. */
    private final Limit limit;

    /** What is known of the process that was killed. */
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
     * Makes one for a task that ended by itself, or never ran.
     *
     * @param message the cause and the remedy
     * @param limit which limit struck
     * @param cause what the task threw when it was interrupted, if anything
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
     * @param limit which limit struck
     * @param dossier what is known of the attempts; the exit of the last one has the thread dump
     */
    public TaskTimeoutException(String message, Limit limit, CrashDossier dossier) {
        super(message);
        this.limit = limit;
        this.dossier = dossier;
    }

    /**
     * Which limit struck.
     *
     * @return the limit
     */
    public Limit limit() {
        return limit;
    }

    /**
     * What is known of the process that was killed for it, with a thread dump from right before.
     *
     * @return the dossier; empty if no process had to be killed
     */
    public Optional<CrashDossier> dossier() {
        return Optional.ofNullable(dossier);
    }
}
