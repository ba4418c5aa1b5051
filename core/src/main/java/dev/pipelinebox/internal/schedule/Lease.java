package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.Task;

/**
 * One attempt to run a task on one process, from the assignment until an outcome, the return of the task or the end of the
 * process. The first lease of a process is the one that runs. Not thread-safe.
 */
public final class Lease {

    private static final long NEVER = Long.MIN_VALUE;

    final QueuedTask queued;
    private final long process;
    private final int attempt;
    private long startedAt = NEVER;
    private long interruptedAt = NEVER;
    private long progressedAt = NEVER;

    Lease(QueuedTask queued, long process) {
        this.queued = queued;
        this.process = process;
        this.attempt = queued.attempt;
    }

    /** The number of the process that runs it. */
    public long process() {
        return process;
    }

    public Task task() {
        return queued.task;
    }

    /** From 1; it rises only after a failure that is retried, or a crash that the task caused for certain. */
    public int attempt() {
        return attempt;
    }

    long taskId() {
        return queued.task.id();
    }

    /** It has become the first of its process. */
    void onStarted(long now) {
        startedAt = now;
    }

    void onProgress(long now) {
        progressedAt = now;
    }

    /** The task was interrupted, since it passed a limit. */
    void onInterrupted(long now) {
        interruptedAt = now;
    }

    long startedAt() {
        return startedAt;
    }

    boolean isInterrupted() {
        return interruptedAt != NEVER;
    }

    long interruptedAt() {
        return interruptedAt;
    }

    /** When the task was started or told of progress, whichever is later. */
    long lastProgressAt() {
        return Math.max(startedAt, progressedAt);
    }
}
