package dev.pipelinebox.internal.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings the state of the pool to what it should be, once, and collects the actions for that. */
final class PoolReconciler {

    /** One of so many workers, but at least one, is recycled at a time: each has two processes meanwhile. */
    private static final int WORKERS_PER_RECYCLING = 4;

    private final PoolState state;
    private final SparePool spares;
    private final PoolSettings settings;
    private final List<PoolAction> actions = new ArrayList<>();

    PoolReconciler(PoolState state, SparePool spares, PoolSettings settings) {
        this.state = state;
        this.spares = spares;
        this.settings = settings;
    }

    /** Plans all that is missing; the actions are to be carried out in this order. */
    List<PoolAction> reconcile() {
        state.records().stream().filter(WorkerRecord::isToBeRetired).toList().forEach(this::drain);
        for (WorkerSlot slot : state.slots()) {
            if (slot.isStopping()) {
                state.recordsOf(slot).forEach(this::drain);
            } else {
                fill(slot);
            }
        }
        recycle();
        keepSpares();
        backOff();
        return actions;
    }

    /** Ends all processes. */
    List<PoolAction> endAll() {
        state.records().forEach(this::end);
        return actions;
    }

    private void fill(WorkerSlot slot) {
        if (slot.worker() == null) {
            spareOrNew(slot, slot.mayLaunch()).ifPresent(slot::fill);
        }
        WorkerRecord worker = slot.worker();
        if (worker != null && worker.isAvailable()) {
            activate(slot, worker);
        }
    }

    private Optional<WorkerRecord> spareOrNew(WorkerSlot slot, boolean mayLaunch) {
        Optional<WorkerRecord> spare = spares.take(slot, state.records());
        return spare.isPresent() || !mayLaunch ? spare : Optional.of(launch(slot.spec(), slot.index()));
    }

    private void recycle() {
        long recycling = beingRecycled();
        long most = Math.max(1, state.slots().size() / WORKERS_PER_RECYCLING);
        for (WorkerSlot slot : state.slots()) {
            WorkerRecord worker = slot.worker();
            if (worker == null || !worker.isDueForRecycling() || slot.isStopping()) {
                continue;
            }
            if (slot.replacement() == null && recycling < most) {
                spareOrNew(slot, !slot.isBackingOff()).ifPresent(slot::setReplacement);
                recycling += slot.replacement() == null ? 0 : 1;
            }
            WorkerRecord replacement = slot.replacement();
            if (replacement != null && replacement.isAvailable()) {
                slot.promote();
                activate(slot, replacement);
                drain(worker);
            }
        }
    }

    /** The slots with two processes: a worker with its replacement, or a replaced worker that is leaving. */
    private long beingRecycled() {
        long leaving = state.records().stream()
                .filter(WorkerRecord::isLeaving)
                .filter(record -> state.slot(record.index())
                        .filter(slot -> !slot.isStopping())
                        .isPresent())
                .count();
        long replacements = state.slots().stream()
                .filter(slot -> slot.replacement() != null)
                .count();
        return leaving + replacements;
    }

    private void keepSpares() {
        spares.unwanted(state.slots(), state.records()).forEach(this::end);
        spares.missing(state.slots(), state.records()).forEach(spec -> launch(spec.asSpare(), WorkerRecord.SPARE));
    }

    private void backOff() {
        for (WorkerSlot slot : state.slots()) {
            if (slot.isBackingOff()) {
                actions.add(
                        new PoolAction.BackOff(slot.index(), settings.restart().backoff(slot.failures())));
            }
        }
        spares.backOff().ifPresent(actions::add);
    }

    private WorkerRecord launch(WorkerSpec spec, int index) {
        WorkerRecord record = state.newRecord(spec, index);
        actions.add(new PoolAction.Launch(record));
        return record;
    }

    private void activate(WorkerSlot slot, WorkerRecord record) {
        record.enter(WorkerRecord.State.ACTIVE);
        slot.onActivated();
        actions.add(new PoolAction.Activate(slot, record));
    }

    /** A worker that takes tasks may finish those that it has. */
    private void drain(WorkerRecord record) {
        if (record.isActive()) {
            record.enter(WorkerRecord.State.DRAINING);
            actions.add(new PoolAction.Drain(record));
        } else if (record.state() != WorkerRecord.State.DRAINING) {
            end(record);
        }
    }

    private void end(WorkerRecord record) {
        if (record.state() != WorkerRecord.State.ENDING) {
            record.enter(WorkerRecord.State.ENDING);
            actions.add(new PoolAction.End(record));
        }
    }
}
