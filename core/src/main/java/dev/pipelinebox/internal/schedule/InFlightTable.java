package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.OutcomeSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The leases of all processes, and which of them last too long. Not thread-safe. */
final class InFlightTable {

    /** A process without an outcome between so many checks is stuck with a long task. */
    private static final int CHECKS_WITHOUT_OUTCOME = 2;

    private final Duration grace;
    private final Map<Long, InFlight> byProcess = new LinkedHashMap<>();
    /** The latest process of each slot; earlier ones get no more tasks. */
    private final Map<Integer, InFlight> bySlot = new HashMap<>();

    private final InFlightIndex index = new InFlightIndex();
    private long arrivals;
    /** Outcomes come in batches of one process. */
    private @Nullable InFlight lastFound;

    /** Empty; the grace is what a task has from its interrupt until its process is killed. */
    InFlightTable(Duration grace) {
        this.grace = grace;
    }

    void add(InFlight inFlight) {
        if (byProcess.putIfAbsent(inFlight.process, inFlight) != null) {
            throw new IllegalStateException("process " + inFlight.process + " became ready twice");
        }
        inFlight.arrival = ++arrivals;
        bySlot.put(inFlight.slot, inFlight);
        index.mayHaveChanged(inFlight);
    }

    /** What this process has in flight, which must be ready and not gone. */
    InFlight get(long process) {
        InFlight inFlight = find(process);
        if (inFlight == null) {
            throw new IllegalStateException(
                    "process " + process + " takes no tasks: it is not ready yet, or it is gone");
        }
        return inFlight;
    }

    /** What this process has in flight; {@code null} if it is not ready yet, or gone, so that its messages do not count. */
    @Nullable
    InFlight find(long process) {
        InFlight last = lastFound;
        InFlight inFlight = last != null && last.process == process ? last : byProcess.get(process);
        if (inFlight != null) {
            lastFound = inFlight;
            index.mayHaveChanged(inFlight);
        }
        return inFlight;
    }

    /** Changes what this process has in flight; does nothing if it is not ready yet, or gone. */
    void update(long process, Consumer<InFlight> change) {
        InFlight inFlight = find(process);
        if (inFlight != null) {
            change.accept(inFlight);
        }
    }

    @Nullable
    InFlight remove(long process) {
        lastFound = null;
        InFlight inFlight = byProcess.remove(process);
        if (inFlight != null) {
            bySlot.remove(inFlight.slot, inFlight);
            index.remove(inFlight);
        }
        return inFlight;
    }

    /** There may be a task for this slot now, or another number of keys is bound to it. */
    void slotChanged(int slot) {
        InFlight inFlight = bySlot.get(slot);
        if (inFlight != null) {
            index.mayHaveChanged(inFlight);
        }
    }

    /** Something has changed that concerns all processes. */
    void allChanged() {
        byProcess.values().forEach(index::mayHaveChanged);
    }

    InFlightIndex index() {
        return index;
    }

    /** How many processes have a lease. */
    int busy() {
        return (int) byProcess.values().stream()
                .filter(inFlight -> inFlight.size() > 0)
                .count();
    }

    boolean areEmpty() {
        return index.areEmpty();
    }

    /** Which running tasks have passed a limit. Each is reported once, and once more if its process is killed. */
    List<TimeoutAction> overdue(long now) {
        List<TimeoutAction> actions = new ArrayList<>();
        for (InFlight inFlight : byProcess.values()) {
            Lease running = inFlight.first();
            if (running != null) {
                TimeoutAction.of(inFlight, running, grace, now).ifPresent(action -> {
                    mark(inFlight, inFlight.isolateFirst(), action, now);
                    actions.add(action);
                });
            }
        }
        return actions;
    }

    private void mark(InFlight inFlight, Lease running, TimeoutAction action, long now) {
        if (action.kill()) {
            inFlight.terminatesFor(running, action.limit());
            index.mayHaveChanged(inFlight);
        } else {
            running.onInterrupted(now);
        }
    }

    /**
     * What should be given back, all but the first of a process: since that one takes long while other workers could run
     * the rest, or since one has waited too long for its start.
     */
    Map<Long, List<Long>> stuck(boolean areTasksQueued, long now) {
        Map<Long, List<Long>> revoked = new HashMap<>();
        boolean areOthersFree = areTasksQueued
                || byProcess.values().stream().anyMatch(inFlight -> inFlight.size() == 0 && inFlight.isOpen());
        for (InFlight inFlight : byProcess.values()) {
            boolean isStuck = inFlight.isStuckAfterAnotherCheck(CHECKS_WITHOUT_OUTCOME);
            if (((isStuck && areOthersFree) || inFlight.holdsExpired(now)) && !inFlight.isGivingBack()) {
                revoked.put(inFlight.process, inFlight.revokeAllButFirst());
                index.mayHaveChanged(inFlight);
            }
        }
        return revoked;
    }

    /** Takes back all tasks that are not started. */
    Map<Long, List<Long>> revokeAll() {
        Map<Long, List<Long>> revoked = new HashMap<>();
        for (InFlight inFlight : byProcess.values()) {
            if (inFlight.size() > 0) {
                revoked.put(inFlight.process, inFlight.revokeAll());
            }
        }
        return revoked;
    }

    /** Marks the tasks of these callers as cancelled, and returns their numbers by process. */
    Map<Long, List<Long>> cancel(Set<OutcomeSink> sinks, long now) {
        Map<Long, List<Long>> cancelled = new HashMap<>();
        for (InFlight inFlight : byProcess.values()) {
            for (Lease lease : inFlight.leases()) {
                if (sinks.contains(lease.tasks().sink())) {
                    lease.queued.cancel(now);
                    List<Long> ids = cancelled.computeIfAbsent(inFlight.process, process -> new ArrayList<>());
                    lease.tasks().ids().forEach(ids::add);
                }
            }
        }
        return cancelled;
    }
}
