package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.Demand;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The leases of one worker process. The first is the one that runs. Outcomes come in the order of assignment, or nearly
 * so, so a lease is looked for from the first on. Not thread-safe.
 */
final class InFlight {

    /** Whether the process takes tasks; a later state is never left for an earlier one. */
    private enum State {
        OPEN,
        /** Takes no more tasks. */
        CLOSED,
        /** Its process has ended or is about to, so its limits do not matter. */
        ENDING
    }

    /** Why the process ends, as far as it is known, the weakest first: a stronger reason replaces a weaker one. */
    enum EndReason {
        UNKNOWN,
        /** It lost its master, so no task is the cause, though it is not known how far a task has come. */
        MASTER_LOST,
        /** It was asked to stop, so no task is the cause. */
        STOP_REQUESTED
    }

    /** The lease for which a process is killed, since it passed a limit; this is stronger than any {@link EndReason}. */
    record Termination(Lease lease, TimeoutAction.Limit limit) {}

    final long process;
    final int slot;
    private final Deque<Lease> leases = new ArrayDeque<>();
    private Demand demand;
    private long bytes;
    /** How many checks there were since the last outcome. */
    private int checksWithoutOutcome;

    private State state = State.OPEN;
    private EndReason endReason = EndReason.UNKNOWN;
    private @Nullable Termination termination;
    private boolean isGivingBack;

    /** Its number in the order in which processes became ready. */
    long arrival;
    /** What the {@link InFlightIndex} knows of it. */
    boolean mayHaveChanged;

    int counted;
    boolean isCountedOpen;
    InFlightIndex.@Nullable Rank rank;

    InFlight(long process, int slot, Demand demand) {
        this.process = process;
        this.slot = slot;
        this.demand = demand;
    }

    void demand(Demand wanted) {
        demand = wanted;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isEnding() {
        return state == State.ENDING;
    }

    /** From now on it takes no tasks. */
    void close() {
        enter(State.CLOSED);
    }

    void onEnding() {
        enter(State.ENDING);
    }

    /** It takes no more tasks, and this is known about its end. */
    void endsBecause(EndReason reason) {
        close();
        endReason = reason.compareTo(endReason) > 0 ? reason : endReason;
    }

    /** It is killed for this lease. */
    void terminatesFor(Lease lease, TimeoutAction.Limit limit) {
        close();
        termination = new Termination(lease, limit);
    }

    private void enter(State next) {
        state = next.compareTo(state) > 0 ? next : state;
    }

    EndReason endReason() {
        return endReason;
    }

    @Nullable
    Termination termination() {
        return termination;
    }

    boolean wants(QueuedTask queued) {
        if (!isOpen()) {
            return false;
        }
        Lease first = first();
        return first == null
                || (!queued.runsAlone()
                        && !first.queued.runsAlone()
                        && leases.size() < demand.tasks()
                        && bytes + queued.task.size() <= demand.bytes());
    }

    /** Tells whether there could be a task that it wants. */
    boolean hasRoom() {
        Lease first = first();
        return isOpen()
                && (first == null
                        || (leases.size() < demand.tasks() && bytes <= demand.bytes() && !first.queued.runsAlone()));
    }

    Lease add(QueuedTask queued, long now) {
        Lease lease = new Lease(queued, process);
        if (leases.isEmpty()) {
            checksWithoutOutcome = 0;
            lease.onStarted(now);
        }
        leases.addLast(lease);
        bytes += queued.task.size();
        return lease;
    }

    /** The lease of this task, if it has one for this attempt. */
    @Nullable
    Lease find(long taskId, int attempt) {
        Lease lease = find(taskId);
        return lease != null && lease.attempt() == attempt ? lease : null;
    }

    private @Nullable Lease find(long taskId) {
        Lease first = first();
        if (first == null || first.taskId() == taskId) {
            return first;
        }
        for (Lease lease : leases) {
            if (lease.taskId() == taskId) {
                return lease;
            }
        }
        return null;
    }

    /** The lease has an outcome, so the process is not stuck. */
    void finish(Lease lease, long now) {
        remove(lease, now);
        checksWithoutOutcome = 0;
    }

    @Nullable
    Lease remove(long taskId, long now) {
        Lease lease = find(taskId);
        if (lease != null) {
            remove(lease, now);
        }
        return lease;
    }

    private void remove(Lease lease, long now) {
        boolean wasFirst = lease == first();
        bytes -= lease.task().size();
        leases.removeFirstOccurrence(lease);
        Lease next = first();
        if (wasFirst && next != null) {
            next.onStarted(now);
        }
    }

    @Nullable
    Lease first() {
        return leases.peekFirst();
    }

    List<Lease> leases() {
        return List.copyOf(leases);
    }

    int size() {
        return leases.size();
    }

    /** Counts this check and tells whether there were too many since the last outcome, with more than one lease. */
    boolean isStuckAfterAnotherCheck(int mostChecks) {
        return ++checksWithoutOutcome > mostChecks && leases.size() > 1;
    }

    boolean isGivingBack() {
        return isGivingBack;
    }

    void onGivenBack() {
        isGivingBack = false;
    }

    /** Tells whether a task that has not been started has waited for too long. */
    boolean holdsExpired(long now) {
        return leases.stream().skip(1).anyMatch(lease -> lease.queued.hasWaitedTooLong(now));
    }

    /** Takes back all tasks but the one that runs; no more is assigned until the worker asks for it. */
    List<Long> revokeAllButFirst() {
        isGivingBack = true;
        demand = new Demand(1, demand.bytes());
        return leases.stream().skip(1).map(Lease::taskId).toList();
    }

    /** Takes back all tasks; the worker keeps what it has started. */
    List<Long> revokeAll() {
        isGivingBack = !leases.isEmpty();
        return leases.stream().map(Lease::taskId).toList();
    }
}
