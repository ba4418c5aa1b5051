package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.api.TaskAttempt;
import dev.pipelinebox.internal.task.Durations;
import dev.pipelinebox.internal.task.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task without an outcome, as the {@link Scheduler} keeps it. Not thread-safe. */
final class QueuedTask {

    private static final int ATTEMPTS_KEPT = 10;

    /** Tasks of which one has ended their worker, until it is known which. */
    static final class Suspicion {
        private boolean solved;
    }

    /** The order of those who wait: the more urgent first, and of two that are alike the one that is further in front. */
    static final Comparator<QueuedTask> IN_LINE = (one, other) -> {
        int byPriority = Integer.compare(other.priority, one.priority);
        return byPriority != 0 ? byPriority : Long.compare(one.position, other.position);
    };

    final Task task;
    final int priority;
    /** When it has waited too long for its start, if there is a limit for that. */
    final long expiresAt;

    int attempt = 1;
    /** How many workers it has ended for certain. */
    int crashes;
    /** How often it has thrown what it may be tried again for. */
    int failures;
    /** A worker has died with it, or it has failed there, so its wait for the start is over. */
    boolean mayHaveStarted;
    /** When it may run again after a failure. */
    long readyAt;
    /** Nobody wants its outcome, so it is not run again. */
    boolean cancelled;

    long cancelledAt;
    boolean interrupted;
    long interruptedAt;
    long progressedAt;

    /** Where it stands, or stood last, among those of its priority who wait. */
    long position;

    /** Who it runs after and before, if it has to. */
    @Nullable
    AffinityQueue lane;

    /** Its neighbours in the {@link EntryQueue} where it is. */
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
    /** Null as long as there is none, as for almost all. */
    private @Nullable List<TaskAttempt> fatalAttempts;

    QueuedTask(Task task, long now) {
        this.task = task;
        this.priority = task.policy().standing().priority();
        this.expiresAt =
                task.policy().queue().map(limit -> Durations.later(now, limit)).orElse(Long.MAX_VALUE);
    }

    /** It was never started, for longer than its limit for that. */
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

    void onHandedOut() {
        interrupted = false;
        progressedAt = Long.MIN_VALUE;
    }

    /** Is handed out alone: it is under suspicion, or it must not run twice, so there has to be no doubt whether it ran. */
    boolean travelsAlone() {
        return isSuspect() || task.policy().maxAttempts() == 1;
    }

    /** Runs alone until it is cleared or convicted. */
    boolean isSuspect() {
        return suspicion != null && !suspicion.solved;
    }

    void suspect(Suspicion shared) {
        suspicion = shared;
    }

    /** It has ended a worker for certain, so those who were suspected with it are not any more; itself it stays alone. */
    void convict(TaskAttempt attemptThatEndedIt) {
        if (suspicion != null) {
            suspicion.solved = true;
        }
        suspicion = new Suspicion();
        keep(attemptThatEndedIt);
        crashes++;
        attempt++;
    }

    void keep(TaskAttempt fatal) {
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
