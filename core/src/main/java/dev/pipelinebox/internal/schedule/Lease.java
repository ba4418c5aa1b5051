package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.TaskBatch;

/**
 * One attempt to run a task, or consecutive tasks, on one process, from the assignment until an outcome, the return of the
 * task or the end of the process. The first task of the first lease of a process is the one that runs; its times are those
 * of the lease. Not thread-safe.
 */
public final class Lease {

    private static final long NEVER = Long.MIN_VALUE;

    final QueuedBatch queued;
    private final long process;
    private final int attempt;
    private long startedAt = NEVER;
    private long interruptedAt = NEVER;
    private long progressedAt = NEVER;

    Lease(QueuedBatch queued, long process) {
        this.queued = queued;
        this.process = process;
        this.attempt = queued.attempt;
    }

    /** The number of the process that runs it. */
    public long process() {
        return process;
    }

    public TaskBatch tasks() {
        return queued.tasks;
    }

    int count() {
        return queued.count();
    }

    /** From 1; it rises only after a failure that is retried, or a crash that the task caused for certain. */
    public int attempt() {
        return attempt;
    }

    /** Takes out the first tasks, so many but not all; the others have not started. */
    Lease splitFirst(int most) {
        Lease first = new Lease(queued.splitFirst(most), process);
        first.startedAt = startedAt;
        first.interruptedAt = interruptedAt;
        first.progressedAt = progressedAt;
        startedAt = NEVER;
        interruptedAt = NEVER;
        progressedAt = NEVER;
        return first;
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
