package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.api.TaskAttempt;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which of the tasks of a process caused its end, and which tasks have ended processes often enough. */
public final class CrashAttribution {

    /** How a process ended, as far as the dossier of its task needs it. */
    public record End(int workerIndex, WorkerExit exit, Instant at) {}

    /** A task that ended its worker for the last time: by itself, or since it passed a limit. */
    public record GivenUp(Task task, TimeoutAction.@Nullable Limit limit, List<TaskAttempt> attempts) {}

    private final InFlight inFlight;
    private final List<Lease> leases;
    private final End end;
    private final long now;

    private CrashAttribution(InFlight inFlight, End end, long now) {
        this.inFlight = inFlight;
        this.leases = inFlight.singleLeases();
        this.end = end;
        this.now = now;
    }

    /**
     * Attributes the end of a process. If it was killed for a task, that task is the cause; otherwise, if it was not asked to
     * stop, the only task that it had. Of several tasks, each becomes suspect.
     *
     * @return the task that is given up, if there is one
     */
    static Optional<GivenUp> attribute(InFlight inFlight, End end, long now) {
        return new CrashAttribution(inFlight, end, now).attribute();
    }

    /**
     * Tells, after the end was attributed, whether it says nothing about the worker slot: the process was killed for a task,
     * or by us for another reason, or ended by a task that had ended another process before.
     */
    static boolean explains(InFlight inFlight) {
        return inFlight.termination() != null
                || inFlight.endReason() != InFlight.EndReason.UNKNOWN
                || inFlight.leases().stream().anyMatch(lease -> lease.queued.crashes > 1);
    }

    private Optional<GivenUp> attribute() {
        if (leases.isEmpty()) {
            return Optional.empty();
        }
        InFlight.Termination termination = inFlight.termination();
        if (termination != null) {
            return onLimitPassed(termination);
        }
        return switch (inFlight.endReason()) {
            case STOP_REQUESTED -> Optional.empty();
            case MASTER_LOST -> onMasterLost();
            case UNKNOWN -> leases.size() == 1 ? onCrash(leases.get(0)) : onCrashOfSeveral();
        };
    }

    /** Unless the task has ended between the decision and the kill. */
    private Optional<GivenUp> onLimitPassed(InFlight.Termination termination) {
        Lease lease = termination.lease();
        if (!leases.contains(lease)) {
            return Optional.empty();
        }
        lease.queued.recordFatalAttempt(attempt(lease));
        return giveUp(lease.queued, termination.limit());
    }

    /** No task is the cause, but one that must not run twice does not run again; it was in flight alone. */
    private Optional<GivenUp> onMasterLost() {
        QueuedBatch first = leases.get(0).queued;
        if (first.policy().maxAttempts() > 1) {
            return Optional.empty();
        }
        first.recordFatalAttempt(attempt(leases.get(0)));
        return giveUp(first, null);
    }

    private Optional<GivenUp> onCrash(Lease lease) {
        QueuedBatch cause = lease.queued;
        cause.recordCrash(attempt(lease));
        return cause.crashes >= cause.policy().maxAttempts() ? giveUp(cause, null) : Optional.empty();
    }

    private Optional<GivenUp> onCrashOfSeveral() {
        QueuedBatch.Suspicion shared = new QueuedBatch.Suspicion();
        leases.forEach(lease -> lease.queued.suspect(shared));
        return Optional.empty();
    }

    /** A cancelled task is dropped instead, without a failure. */
    private static Optional<GivenUp> giveUp(QueuedBatch cause, TimeoutAction.@Nullable Limit limit) {
        return cause.cancelled
                ? Optional.empty()
                : Optional.of(new GivenUp(cause.task(), limit, cause.fatalAttempts()));
    }

    private TaskAttempt attempt(Lease lease) {
        Duration lasted = Duration.ofNanos(now - lease.startedAt());
        return new TaskAttempt(lease.attempt(), end.workerIndex(), end.at().minus(lasted), lasted, end.exit());
    }
}
