package dev.pipelinebox.internal.pool;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The slots of a master's workers, and all its processes. Not thread-safe. */
final class PoolState {

    private final Map<Integer, WorkerSlot> slots = new TreeMap<>();
    private final Map<Long, WorkerRecord> records = new LinkedHashMap<>();
    private long lastProcess;

    void add(WorkerSlot slot) {
        slots.put(slot.index(), slot);
    }

    void remove(WorkerSlot slot) {
        slots.remove(slot.index());
    }

    /** In the order of their indexes. */
    Collection<WorkerSlot> slots() {
        return slots.values();
    }

    Optional<WorkerSlot> slot(int index) {
        return Optional.ofNullable(slots.get(index));
    }

    /** The slot that this process fills, or is being built for, as its worker; empty for spares and replacements. */
    Optional<WorkerSlot> slotOf(WorkerRecord record) {
        return slot(record.index()).filter(slot -> slot.worker() == record);
    }

    /** A new process, which is to be launched. */
    WorkerRecord newRecord(WorkerSpec spec, int index) {
        WorkerRecord record = new WorkerRecord(++lastProcess, spec, index);
        records.put(record.process(), record);
        return record;
    }

    void remove(WorkerRecord record) {
        records.remove(record.process());
    }

    @Nullable
    WorkerRecord find(long process) {
        return records.get(process);
    }

    /** In the order of their launches. */
    Collection<WorkerRecord> records() {
        return records.values();
    }

    /** The processes that fill, have filled or will fill this slot. */
    List<WorkerRecord> recordsOf(WorkerSlot slot) {
        return records.values().stream()
                .filter(record -> record.index() == slot.index())
                .toList();
    }
}
