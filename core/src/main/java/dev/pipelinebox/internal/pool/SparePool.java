package dev.pipelinebox.internal.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which spares there should be: for each kind of worker the configured number, once all slots of the kind are active, so
 * that no slot waits while a spare is built. Pure state, a part of {@link PoolPlan}.
 */
final class SparePool {

    private final PoolSettings settings;
    private int failures;
    private boolean isBackingOff;

    SparePool(PoolSettings settings) {
        this.settings = settings;
    }

    /** A worker was built, so the failures before it do not matter any more. */
    void onReady() {
        failures = 0;
    }

    void onLost() {
        failures++;
        isBackingOff = true;
    }

    void onBackoffOver() {
        isBackingOff = false;
    }

    /** The wait before the next attempt, after a failure. */
    Optional<PoolAction> backOff() {
        return isBackingOff
                ? Optional.of(new PoolAction.BackOff(
                        WorkerRecord.SPARE, settings.restart().backoff(failures)))
                : Optional.empty();
    }

    /** Assigns a spare of the right kind to the slot, if there is one. */
    Optional<WorkerRecord> take(WorkerSlot slot, Collection<WorkerRecord> records) {
        Optional<WorkerRecord> spare = records.stream()
                .filter(record ->
                        record.canFillASlot() && isSpareOf(record, slot.spec().kind()))
                .findFirst();
        spare.ifPresent(record -> record.assign(slot.index()));
        return spare;
    }

    /** The spares that no slot needs any more, or that became due for recycling while they waited. */
    List<WorkerRecord> unwanted(Collection<WorkerSlot> slots, Collection<WorkerRecord> records) {
        List<WorkerRecord> spares =
                records.stream().filter(WorkerRecord::isSpare).toList();
        if (spares.isEmpty()) {
            return spares;
        }
        Map<WorkerKind, WorkerSpec> kinds = kinds(slots);
        return spares.stream()
                .filter(record -> record.isDueForRecycling()
                        || !kinds.containsKey(record.spec().kind()))
                .toList();
    }

    /** The specifications of the spares that are missing. */
    List<WorkerSpec> missing(Collection<WorkerSlot> slots, Collection<WorkerRecord> records) {
        List<WorkerSpec> missing = new ArrayList<>();
        if (settings.spares() == 0
                || isBackingOff
                || failures >= settings.restart().maxFailures()) {
            return missing;
        }
        kinds(slots).forEach((kind, spec) -> {
            boolean allActive = slots.stream()
                    .filter(slot -> slot.spec().kind().equals(kind))
                    .allMatch(SparePool::isActive);
            long existing =
                    records.stream().filter(record -> isSpareOf(record, kind)).count();
            for (long more = allActive ? settings.spares() - existing : 0; more > 0; more--) {
                missing.add(spec);
            }
        });
        return missing;
    }

    private static boolean isActive(WorkerSlot slot) {
        WorkerRecord worker = slot.worker();
        return worker != null && worker.isActive();
    }

    private static Map<WorkerKind, WorkerSpec> kinds(Collection<WorkerSlot> slots) {
        Map<WorkerKind, WorkerSpec> kinds = new HashMap<>();
        slots.stream()
                .filter(slot -> !slot.isStopping())
                .forEach(slot -> kinds.putIfAbsent(slot.spec().kind(), slot.spec()));
        return kinds;
    }

    private static boolean isSpareOf(WorkerRecord record, WorkerKind kind) {
        return record.isSpare()
                && !record.isLeaving()
                && !record.isDueForRecycling()
                && record.spec().kind().equals(kind);
    }
}
