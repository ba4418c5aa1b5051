package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.api.TaskAttempt;
import dev.pipelinebox.internal.task.Durations;
import dev.pipelinebox.internal.task.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task without an outcome, from submission to outcome; its runs are {@link Lease}s. Not thread-safe. */
final class QueuedTask {

    private static final int ATTEMPTS_KEPT = 10;

    /** Shared by the tasks of which one has ended their worker, until it is known which. */
    static final class Suspicion {
        private boolean resolved;
    }

    /** The order of queued tasks: by priority, then by position. */
    static final Comparator<QueuedTask> QUEUE_ORDER = (one, other) -> {
        int byPriority = Integer.compare(other.priority, one.priority);
        return byPriority != 0 ? byPriority : Long.compare(one.position, other.position);
    };

    final Task task;
    final int priority;
    /** When it has waited too long for its start, if there is a limit for that. */
    final long expiresAt;

    /** Of the next lease, or the current one; successive leases may share it. */
    int attempt = 1;
    /** How many workers it has ended for certain. */
    int crashes;
    /** How often it has thrown what it may be tried again for. */
    int failures;
    /** A worker has died with it, or it has failed there, so its wait for the start is over. */
    boolean mayHaveStarted;
    /** When it may run again after a failure. */
    long readyAt;
    /** Its caller does not want the outcome, so it is not run again. */
    boolean cancelled;

    long cancelledAt;

    /** Its position, or the last one, among the queued tasks of its priority. */
    long position;

    /** The tasks that it runs in order with, if there are any. */
    @Nullable
    AffinityQueue affinityQueue;

    /** Its neighbours in the {@link LinkedTaskQueue} where it is. */
    @Nullable
    QueuedTask before;

    @Nullable
    QueuedTask after;

    /** Its neighbours in the {@link CallerIndex}. */
    @Nullable
    QueuedTask olderOfCaller;

    @Nullable
    QueuedTask newerOfCaller;

    private @Nullable Suspicion suspicion;
    /** {@code null} while there is none, as for almost all tasks. */
    private @Nullable List<TaskAttempt> fatalAttempts;

    QueuedTask(Task task, long now) {
        this.task = task;
        this.priority = task.policy().standing().priority();
        this.expiresAt =
                task.policy().queue().map(limit -> Durations.later(now, limit)).orElse(Long.MAX_VALUE);
    }

    /** It was not started within its limit for that. */
    boolean hasWaitedTooLong(long now) {
        return hasQueueLimit() && now >= expiresAt;
    }

    /** It was never started, and has a limit for that. */
    boolean hasQueueLimit() {
        return !mayHaveStarted && task.policy().queue().isPresent();
    }

    /** The first time counts. */
    void cancel(long now) {
        cancelledAt = cancelled ? cancelledAt : now;
        cancelled = true;
    }

    /** Is in flight alone: it is suspect, or it must not run twice, so there must be no doubt whether it ran. */
    boolean runsAlone() {
        return isSuspect() || task.policy().maxAttempts() == 1;
    }

    /** Runs alone until it is known whether it ends workers. */
    boolean isSuspect() {
        return suspicion != null && !suspicion.resolved;
    }

    void suspect(Suspicion shared) {
        suspicion = shared;
    }

    /** It has ended a worker for certain, so the tasks that were suspect with it are not any more; it still runs alone. */
    void recordCrash(TaskAttempt fatal) {
        if (suspicion != null) {
            suspicion.resolved = true;
        }
        suspicion = new Suspicion();
        recordFatalAttempt(fatal);
        crashes++;
        attempt++;
    }

    void recordFatalAttempt(TaskAttempt fatal) {
        List<TaskAttempt> kept = fatalAttempts == null ? new ArrayList<>() : fatalAttempts;
        if (kept.size() == ATTEMPTS_KEPT) {
            kept.remove(0);
        }
        kept.add(fatal);
        fatalAttempts = kept;
    }

    List<TaskAttempt> fatalAttempts() {
        return fatalAttempts == null ? List.of() : List.copyOf(fatalAttempts);
    }
}
