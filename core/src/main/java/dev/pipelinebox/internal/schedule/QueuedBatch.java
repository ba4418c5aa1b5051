package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.api.TaskAttempt;
import dev.pipelinebox.internal.task.Durations;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskBatch;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive tasks without an outcome that are treated alike, from submission to outcome; their runs are {@link Lease}s. It
 * is split where one of them is treated separately: only a single task has failed, ended a worker or an affinity. Not thread-safe.
 */
final class QueuedBatch {

    private static final int ATTEMPTS_KEPT = 10;

    /** Shared by the tasks of which one has ended their worker, until it is known which. */
    static final class Suspicion {
        private boolean resolved;
    }

    /** The order of queued tasks: by priority, then by position. */
    static final Comparator<QueuedBatch> QUEUE_ORDER = (one, other) -> {
        int byPriority = Integer.compare(other.priority, one.priority);
        return byPriority != 0 ? byPriority : Long.compare(one.position, other.position);
    };

    /** After a {@link #splitFirst} fewer, with a greater first id. */
    TaskBatch tasks;

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
    QueuedBatch before;

    @Nullable
    QueuedBatch after;

    /** Its neighbours in the {@link CallerIndex}. */
    @Nullable
    QueuedBatch olderOfCaller;

    @Nullable
    QueuedBatch newerOfCaller;

    private @Nullable Suspicion suspicion;
    /** {@code null} while there is none, as for almost all tasks. */
    private @Nullable List<TaskAttempt> fatalAttempts;

    QueuedBatch(TaskBatch tasks, long now) {
        this.tasks = tasks;
        this.priority = tasks.policy().standing().priority();
        this.expiresAt =
                tasks.policy().queue().map(limit -> Durations.later(now, limit)).orElse(Long.MAX_VALUE);
    }

    private QueuedBatch(TaskBatch tasks, QueuedBatch whole) {
        this.tasks = tasks;
        this.priority = whole.priority;
        this.expiresAt = whole.expiresAt;
        this.attempt = whole.attempt;
        this.mayHaveStarted = whole.mayHaveStarted;
        this.cancelled = whole.cancelled;
        this.cancelledAt = whole.cancelledAt;
        this.position = whole.position;
    }

    /** Takes out the first tasks, so many but not all. They are in no queue; the others stay where they are. */
    QueuedBatch splitFirst(int most) {
        QueuedBatch first = new QueuedBatch(tasks.slice(0, most), this);
        tasks = tasks.slice(most, tasks.count());
        return first;
    }

    /** It is kept for longer than the batch that it was submitted in. */
    void compact() {
        tasks = new TaskBatch(tasks.firstId(), tasks.payloads().compact(), tasks.policy(), tasks.sink());
    }

    int count() {
        return tasks.count();
    }

    /** Of the arguments, in bytes. */
    int size() {
        return tasks.payloads().size();
    }

    TaskPolicy policy() {
        return tasks.policy();
    }

    /** The only one, or the first. */
    Task task() {
        return tasks.task(0);
    }

    /** It was not started within its limit for that. */
    boolean hasWaitedTooLong(long now) {
        return hasQueueLimit() && now >= expiresAt;
    }

    /** It was never started, and has a limit for that. */
    boolean hasQueueLimit() {
        return !mayHaveStarted && policy().queue().isPresent();
    }

    /** The first time counts. */
    void cancel(long now) {
        cancelledAt = cancelled ? cancelledAt : now;
        cancelled = true;
    }

    /** Is in flight alone: it is suspect, or it must not run twice, so there must be no doubt whether it ran. */
    boolean runsAlone() {
        return isSuspect() || policy().maxAttempts() == 1;
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
