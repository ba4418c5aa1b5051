package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.Demand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The leases of one worker process. The first task of the first lease is the one that runs. Outcomes come in the order of
 * assignment, or nearly so, so a lease is looked for from the first on. Not thread-safe.
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

    /**
     * The lease of a single task for which a process is killed, since it passed a limit; this is stronger than any
     * {@link EndReason}.
     */
    record Termination(Lease lease, TimeoutAction.Limit limit) {}

    final long process;
    final int slot;
    private final Deque<Lease> leases = new ArrayDeque<>();
    private Demand demand;
    private int tasks;
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

    /** How many of the first of these tasks it wants. */
    int room(QueuedBatch queued) {
        Lease first = first();
        if (!isOpen() || (first != null && (queued.runsAlone() || first.queued.runsAlone()))) {
            return 0;
        }
        if (queued.runsAlone()) {
            return 1;
        }
        int fitting = queued.tasks.payloads().fitting(demand.tasks() - tasks, demand.bytes() - bytes);
        return first == null ? Math.max(1, fitting) : Math.max(0, fitting);
    }

    /** Tells whether there could be a task that it wants. */
    boolean hasRoom() {
        Lease first = first();
        return isOpen()
                && (first == null || (tasks < demand.tasks() && bytes <= demand.bytes() && !first.queued.runsAlone()));
    }

    Lease add(QueuedBatch queued, long now) {
        Lease lease = new Lease(queued, process);
        if (leases.isEmpty()) {
            checksWithoutOutcome = 0;
            lease.onStarted(now);
        }
        leases.addLast(lease);
        tasks += queued.count();
        bytes += queued.size();
        return lease;
    }

    /** The lease of this task alone, if it has one for this attempt. */
    @Nullable
    Lease isolate(long taskId, int attempt) {
        Lease lease = find(taskId);
        return lease != null && lease.attempt() == attempt ? isolate(lease, taskId, 1) : null;
    }

    /** The lease of the task that runs, which exists, and of no other. */
    Lease isolateFirst() {
        Lease first = leases.getFirst();
        return isolate(first, first.tasks().firstId(), 1);
    }

    /** Splits a lease, so that these of its tasks, at most so many, have one of their own. */
    private Lease isolate(Lease lease, long firstId, int most) {
        int before = (int) (firstId - lease.tasks().firstId());
        if (before > 0) {
            insert(lease.splitFirst(before), lease);
        }
        if (most >= lease.count()) {
            return lease;
        }
        Lease isolated = lease.splitFirst(most);
        insert(isolated, lease);
        return isolated;
    }

    private void insert(Lease lease, Lease next) {
        if (next == first()) {
            leases.addFirst(lease);
        } else {
            List<Lease> all = new ArrayList<>(leases);
            all.add(all.indexOf(next), lease);
            leases.clear();
            leases.addAll(all);
        }
    }

    private @Nullable Lease find(long taskId) {
        for (Lease lease : leases) {
            if (lease.tasks().contains(taskId)) {
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

    /**
     * As {@link #finish(Lease, long)} for tasks from this one on, at most so many; {@code null} if it is not in flight in this
     * attempt.
     */
    @Nullable
    Lease finish(long firstId, int most, int attempt, long now) {
        Lease found = find(firstId);
        if (found == null || found.attempt() != attempt) {
            return null;
        }
        Lease lease = isolate(found, firstId, most);
        finish(lease, now);
        return lease;
    }

    @Nullable
    Lease remove(long taskId, long now) {
        Lease found = find(taskId);
        if (found == null) {
            return null;
        }
        Lease lease = isolate(found, taskId, 1);
        remove(lease, now);
        return lease;
    }

    private void remove(Lease lease, long now) {
        boolean wasFirst = lease == first();
        tasks -= lease.count();
        bytes -= lease.queued.size();
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

    /** One for each task. */
    List<Lease> singleLeases() {
        List<Lease> singles = new ArrayList<>(tasks);
        for (Lease lease : leases) {
            while (lease.count() > 1) {
                singles.add(lease.splitFirst(1));
            }
            singles.add(lease);
        }
        leases.clear();
        leases.addAll(singles);
        return singles;
    }

    /** How many tasks are in flight. */
    int size() {
        return tasks;
    }

    /** Counts this check and tells whether there were too many since the last outcome, with more than one task. */
    boolean isStuckAfterAnotherCheck(int mostChecks) {
        return ++checksWithoutOutcome > mostChecks && tasks > 1;
    }

    boolean isGivingBack() {
        return isGivingBack;
    }

    void onGivenBack() {
        isGivingBack = false;
    }

    /** Tells whether a task that has not been started has waited for too long. */
    boolean holdsExpired(long now) {
        Lease first = first();
        return leases.stream()
                .filter(lease -> lease != first || lease.count() > 1)
                .anyMatch(lease -> lease.queued.hasWaitedTooLong(now));
    }

    /** Takes back all tasks but the one that runs; no more is assigned until the worker asks for it. */
    List<Long> revokeAllButFirst() {
        isGivingBack = true;
        demand = new Demand(1, demand.bytes());
        return ids().skip(1).toList();
    }

    /** Takes back all tasks; the worker keeps what it has started. */
    List<Long> revokeAll() {
        isGivingBack = !leases.isEmpty();
        return ids().toList();
    }

    private Stream<Long> ids() {
        return leases.stream().flatMap(lease -> lease.tasks().ids());
    }
}
