package dev.pipelinebox.internal.pool;

import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a master: their slots, the processes that fill them, replacements of those that are recycled, and spares.
 * Pure state: it is told what happened, and {@link #plan()} then returns what to do.
 */
public final class PoolPlan {

    private final PoolSettings settings;
    private final PoolState state = new PoolState();
    private final SparePool spares;
    private boolean isClosing;

    /** Why a process is gone. */
    public enum Cause {
        /** Its worker could not be built. */
        START_FAILURE,
        /** It was killed from outside before its worker was built, which says nothing about the slot unless it goes on. */
        KILLED_AT_START,
        /** It was killed by us, or by a task that is known to end processes, which says nothing about the slot. */
        EXPLAINED,
        /** It ended otherwise. */
        DEATH
    }

    /** What follows from the end of a process. */
    public enum EndEffect {
        /** Its slot is filled again. */
        REPLACED,
        /** It was the last attempt: the slot is given up. */
        GIVEN_UP,
        /** The slot was stopping, and is closed now. */
        STOPPED,
        /** A spare was lost. */
        SPARE_LOST,
        /** Nothing: it was no longer needed. */
        UNNEEDED
    }

    public PoolPlan(PoolSettings settings) {
        this.settings = settings;
        this.spares = new SparePool(settings);
    }

    public WorkerSlot add(WorkerSpec spec, WorkerListener listener) {
        WorkerSlot slot = new WorkerSlot(spec, listener);
        state.add(slot);
        return slot;
    }

    @Nullable
    public WorkerRecord find(long process) {
        return state.find(process);
    }

    public Optional<WorkerSlot> slot(int index) {
        return state.slot(index);
    }

    /** The slot that this process fills, or is being built for, as its worker; empty for spares and replacements. */
    public Optional<WorkerSlot> slotOf(WorkerRecord record) {
        return state.slotOf(record);
    }

    public WorkerCounts counts() {
        int ready = (int) state.slots().stream().filter(WorkerSlot::isReady).count();
        int staying =
                (int) state.slots().stream().filter(slot -> !slot.isStopping()).count();
        return new WorkerCounts(ready, staying - ready);
    }

    public boolean hasNoSlot() {
        return state.slots().isEmpty();
    }

    public boolean isEmpty() {
        return hasNoSlot() && state.records().isEmpty();
    }

    public Collection<WorkerRecord> records() {
        return state.records();
    }

    public void onLaunched(WorkerRecord record, long pid, String host) {
        record.launched(pid, host);
    }

    public void onReady(WorkerRecord record, Demand demand, Duration startup) {
        record.ready(demand, startup);
        spares.onReady();
        freeSlot(record);
    }

    /** Its worker has sent an outcome, so the slot works. */
    public void onOutcome(WorkerRecord record) {
        slot(record.index()).ifPresent(slot -> slot.onOutcome(record));
    }

    /** It should be replaced; tells whether it was not leaving before. */
    public boolean onRecyclingDue(WorkerRecord record) {
        if (record.isLeaving()) {
            return false;
        }
        record.markForRecycling();
        return true;
    }

    /** Its machine is to be left: it finishes the tasks that it holds, and another one takes its place at once. */
    public void onRetired(WorkerRecord record) {
        if (!record.isLeaving()) {
            record.retire();
            slotOf(record).filter(slot -> !slot.isStopping()).ifPresent(slot -> slot.onRetired(record));
        }
    }

    /** Its process has ended or is about to; what it has sent may still arrive. */
    public void onEnding(WorkerRecord record) {
        record.markAsEnded();
        freeSlot(record);
    }

    /**
     * A process that was ready and has ended frees its slot for another one at once, whatever the cause. One that was not
     * ready does not: its cause tells whether the start failed, and a failed start is followed by a back-off.
     */
    private void freeSlot(WorkerRecord record) {
        if (record.hasEndedAfterReady()) {
            slotOf(record).filter(slot -> !slot.isStopping()).ifPresent(WorkerSlot::onEnded);
        }
    }

    /** It has no task in flight; returns what to do now if it was draining. */
    public Optional<PoolAction.End> onDrained(WorkerRecord record) {
        if (record.state() != WorkerRecord.State.DRAINING) {
            return Optional.empty();
        }
        record.enter(WorkerRecord.State.ENDING);
        return Optional.of(new PoolAction.End(record));
    }

    /** The back-off of a slot, or of the spares, is over. */
    public void onBackoffOver(int index) {
        if (index == WorkerRecord.SPARE) {
            spares.onBackoffOver();
        } else {
            slot(index).ifPresent(WorkerSlot::onBackoffOver);
        }
    }

    /** Stops a slot; returns it if it is closed at once, since it has no process. */
    public Optional<WorkerSlot> stop(int index) {
        Optional<WorkerSlot> stopping = slot(index).filter(slot -> !slot.isStopping());
        stopping.ifPresent(WorkerSlot::stop);
        return stopping.isPresent() && removeIfEmpty(stopping.get()) ? stopping : Optional.empty();
    }

    /** Stops all slots; returns those that are closed at once. */
    public List<WorkerSlot> close() {
        isClosing = true;
        return List.copyOf(state.slots()).stream()
                .flatMap(slot -> stop(slot.index()).stream())
                .toList();
    }

    /** A process is gone. */
    public EndEffect onGone(WorkerRecord record, Cause cause) {
        state.remove(record);
        return record.isSpare()
                ? onSpareGone(record)
                : slot(record.index()).map(slot -> onGone(record, slot, cause)).orElse(EndEffect.UNNEEDED);
    }

    private EndEffect onGone(WorkerRecord record, WorkerSlot slot, Cause cause) {
        boolean wasReplacement = slot.replacement() == record;
        boolean countsHere = slot.remove(record);
        if (slot.isStopping()) {
            return removeIfEmpty(slot) ? EndEffect.STOPPED : EndEffect.UNNEEDED;
        }
        Cause counted = slot.counted(cause);
        if (wasReplacement) {
            slot.onReplacementGone(counted);
            return EndEffect.REPLACED;
        }
        return countsHere ? onCauseKnown(slot, counted) : EndEffect.UNNEEDED;
    }

    private EndEffect onSpareGone(WorkerRecord record) {
        if (record.isLeaving() || isClosing) {
            return EndEffect.UNNEEDED;
        }
        spares.onLost();
        return EndEffect.SPARE_LOST;
    }

    private EndEffect onCauseKnown(WorkerSlot slot, Cause cause) {
        slot.onCauseKnown(cause);
        if (slot.worker() == null && slot.startFailures() >= settings.restart().maxFailures()) {
            state.remove(slot);
            return EndEffect.GIVEN_UP;
        }
        return EndEffect.REPLACED;
    }

    private boolean removeIfEmpty(WorkerSlot slot) {
        boolean isEmpty = state.recordsOf(slot).isEmpty();
        if (isEmpty) {
            state.remove(slot);
        }
        return isEmpty;
    }

    /** What to do now. To be called after each event. */
    public List<PoolAction> plan() {
        PoolReconciler reconciler = new PoolReconciler(state, spares, settings);
        return isClosing ? reconciler.endAll() : reconciler.reconcile();
    }
}
