package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Durations;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All tasks without an outcome: which are queued, in which order, and which are in flight on which process. Pure state
 * without clock, thread or actor: it is told the time and what happened, and returns what to do.
 *
 * <p>Workers are known by the numbers of their processes, so that a replacement is never confused with its predecessor.
 */
public final class Scheduler {

    private final InFlightTable inFlight;
    private final Backlog backlog;
    private final Assigner assigner;
    private boolean paused;
    private long now;

    /** Without tasks; the grace is what a task has from its interrupt until its process is killed. */
    public Scheduler(Duration grace) {
        this.inFlight = new InFlightTable(grace);
        this.backlog = new Backlog(inFlight::slotChanged);
        this.assigner = new Assigner(backlog, inFlight.index());
    }

    /** Tasks that have ended on a worker, and whether the task, which is alone then, was interrupted for a limit. */
    public record Finished(TaskBatch tasks, boolean wasInterrupted) {}

    /**
     * What becomes of tasks that are no longer in flight: they are queued again, given up, or dropped because they were
     * cancelled; and whether the end of the process, if that is the cause, says nothing about its slot.
     */
    public record Loss(
            List<Task> requeued, List<CrashAttribution.GivenUp> failed, List<Task> dropped, boolean isExplained) {
        static final Loss NONE = new Loss(List.of(), List.of(), List.of(), false);
    }

    /** What becomes of cancelled tasks: the dropped ones are gone, those in flight still get an outcome. */
    public record Cancellation(List<Task> dropped, Map<Long, List<Long>> inFlight) {}

    /** Sets the time: nanoseconds that never go back. Later calls happen at that time. */
    public void now(long nanos) {
        now = nanos;
    }

    /** Queues tasks, which stay together until one of them is treated separately; each that has a key is alone. */
    public void add(TaskBatch tasks) {
        backlog.add(tasks, now);
    }

    /** A worker was added, with this index: from now on there may be tasks for it alone. */
    public void openSlot(int slot) {
        backlog.openSlot(slot);
    }

    /** The worker with this index is stopped or given up. */
    public void closeSlot(int slot) {
        backlog.closeSlot(slot);
    }

    /** Removes the tasks that were for a worker which is stopped or given up. */
    public List<Task> removeUnassignable() {
        return backlog.removeUnassignable();
    }

    /** The process in this slot takes tasks now. */
    public void workerReady(long process, int slot, Demand demand) {
        inFlight.add(new InFlight(process, slot, demand));
        backlog.onReady(slot);
    }

    public void demand(long process, Demand demand) {
        inFlight.update(process, held -> held.demand(demand));
    }

    /** From now on no task is assigned; returns what workers should give back that they have not started. */
    public Map<Long, List<Long>> pause() {
        paused = true;
        return inFlight.revokeAll();
    }

    public void resume() {
        paused = false;
        inFlight.allChanged();
    }

    /** Assigns what is queued to the processes that have room. */
    public List<Lease> assign() {
        return paused ? List.of() : assigner.assign(now);
    }

    /**
     * A worker sent the outcomes of so many consecutive tasks; returns those of them that are, and are still, in flight there
     * in this attempt.
     */
    public List<Finished> finish(long process, long firstId, int count, int attempt) {
        InFlight held = inFlight.find(process);
        if (held == null) {
            return List.of();
        }
        List<Finished> finished = new ArrayList<>(1);
        long end = firstId + count;
        for (long next = firstId; next < end; ) {
            Lease lease = held.finish(next, (int) (end - next), attempt, now);
            if (lease == null) {
                next++;
            } else {
                backlog.release(lease.queued);
                finished.add(new Finished(lease.tasks(), lease.isInterrupted()));
                next += lease.count();
            }
        }
        return finished;
    }

    /**
     * A worker sent a failure with an exception of these classes. If the task may be tried again, it is queued again after a
     * back-off, which is returned.
     */
    public Optional<Duration> retry(long process, long taskId, int attempt, Supplier<List<String>> thrownClasses) {
        InFlight held = inFlight.find(process);
        Lease lease = held == null ? null : held.isolate(taskId, attempt);
        if (held == null || lease == null || !mayRetry(lease, thrownClasses)) {
            return Optional.empty();
        }
        held.finish(lease, now);
        QueuedBatch queued = lease.queued;
        queued.failures++;
        queued.mayHaveStarted = true;
        queued.attempt++;
        Duration backoff = queued.policy().retryBackoff(queued.failures);
        queued.readyAt = Durations.later(now, backoff);
        backlog.delay(queued);
        return Optional.of(backoff);
    }

    private static boolean mayRetry(Lease lease, Supplier<List<String>> thrownClasses) {
        QueuedBatch queued = lease.queued;
        return !queued.cancelled
                && !lease.isInterrupted()
                && queued.policy().allowsRetry(queued.failures + 1, thrownClasses);
    }

    /** To be called at intervals: queues those tasks again whose back-off is over. */
    public void requeueDelayed() {
        backlog.requeueDelayed(now);
    }

    /** A running task reported progress; {@code false} if it is not, or no longer, in flight on this process. */
    public boolean progress(long process, long taskId, int attempt) {
        InFlight held = inFlight.find(process);
        Lease lease = held == null ? null : held.isolate(taskId, attempt);
        if (lease != null) {
            lease.onProgress(now);
        }
        return lease != null;
    }

    /** To be called at intervals: removes the tasks that have waited too long for a worker. */
    public List<Task> expired() {
        return backlog.removeExpired(now);
    }

    /** To be called at intervals: which running tasks have passed a limit. */
    public List<TimeoutAction> overdue() {
        return inFlight.overdue(now);
    }

    /** A process, which may not be ready yet, was asked to stop: it gets no more tasks, and no task causes its end. */
    public void stopRequested(long process) {
        inFlight.update(process, held -> held.endsBecause(InFlight.EndReason.STOP_REQUESTED));
    }

    /** A process, which may not be ready yet, has lost its master and ends itself. */
    public void masterLost(long process) {
        inFlight.update(process, held -> held.endsBecause(InFlight.EndReason.MASTER_LOST));
    }

    /** A ready process gets no more tasks; returns what it should give back if it has not started it. */
    public List<Long> drain(long process) {
        InFlight held = inFlight.get(process);
        held.close();
        return held.revokeAll();
    }

    /** A process, which may not be ready, has ended or is about to: it gets no more tasks, and its limits do not matter. */
    public void ending(long process) {
        inFlight.update(process, InFlight::onEnding);
    }

    /** How many tasks a process holds. */
    public int held(long process) {
        InFlight held = inFlight.find(process);
        return held == null ? 0 : held.size();
    }

    public boolean isIdle(long process) {
        return held(process) == 0;
    }

    /** A process is gone: {@link CrashAttribution} decides which task caused that; the others are queued again. */
    public Loss workerLost(long process, CrashAttribution.End end) {
        InFlight lost = inFlight.remove(process);
        if (lost == null) {
            return Loss.NONE;
        }
        List<QueuedBatch> held =
                lost.singleLeases().stream().map(lease -> lease.queued).toList();
        held.forEach(queued -> queued.mayHaveStarted = true);
        Optional<CrashAttribution.GivenUp> givenUp = CrashAttribution.attribute(lost, end, now);
        boolean isExplained = CrashAttribution.explains(lost);
        inFlight.allChanged();
        List<QueuedBatch> others = new ArrayList<>();
        for (QueuedBatch queued : held) {
            if (givenUp.isPresent() && givenUp.get().task().id() == queued.tasks.firstId()) {
                backlog.release(queued);
            } else {
                others.add(queued);
            }
        }
        return requeue(others, givenUp.stream().toList(), isExplained);
    }

    /**
     * Tasks cannot be delivered to their worker, which is of no more use: they are removed, and no task causes the end of its
     * process.
     */
    public List<Task> discard(long process, Collection<Long> taskIds) {
        stopRequested(process);
        InFlight held = inFlight.find(process);
        if (held == null) {
            return List.of();
        }
        List<QueuedBatch> discarded = remove(held, taskIds);
        discarded.forEach(backlog::release);
        return discarded.stream().map(QueuedBatch::task).toList();
    }

    /** A worker gave tasks back that it had not started. */
    public Loss returned(long process, Collection<Long> taskIds) {
        InFlight held = inFlight.find(process);
        if (held == null) {
            return Loss.NONE;
        }
        held.onGivenBack();
        return requeue(remove(held, taskIds), List.of(), false);
    }

    private List<QueuedBatch> remove(InFlight from, Collection<Long> taskIds) {
        List<QueuedBatch> removed = new ArrayList<>();
        for (long taskId : taskIds) {
            Lease lease = from.remove(taskId, now);
            if (lease != null) {
                removed.add(lease.queued);
            }
        }
        return removed;
    }

    /**
     * To be called at intervals: what workers should give back, since their running task takes long while others could run
     * the rest, or since one has waited too long for its start; all but the running task.
     */
    public Map<Long, List<Long>> revocations() {
        return inFlight.stuck(!backlog.isEmpty(), now);
    }

    /** Cancels the tasks of these callers. */
    public Cancellation cancel(Set<OutcomeSink> sinks) {
        return new Cancellation(backlog.removeAllOf(sinks), inFlight.cancel(sinks, now));
    }

    /** Removes all tasks that are not in flight. */
    public List<Task> removeQueued() {
        return backlog.removeAll();
    }

    /** How many workers run a task. */
    public int busyWorkers() {
        return inFlight.busy();
    }

    public boolean isEmpty() {
        return backlog.isEmpty() && backlog.hasNoDelayed() && inFlight.areEmpty();
    }

    /** To the front, in their order; cancelled tasks are dropped. */
    private Loss requeue(List<QueuedBatch> held, List<CrashAttribution.GivenUp> failed, boolean isExplained) {
        List<Task> requeued = new ArrayList<>();
        List<Task> dropped = new ArrayList<>();
        for (QueuedBatch queued : held) {
            (queued.cancelled ? dropped : requeued).add(queued.task());
        }
        backlog.requeue(held);
        return new Loss(requeued, failed, dropped, isExplained);
    }
}
