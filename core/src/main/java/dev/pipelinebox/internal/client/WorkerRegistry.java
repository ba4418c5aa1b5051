package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import java.util.Collection;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The workers of a master that have not ended; of the others, only how the last one did. Thread-safe. */
final class WorkerRegistry implements WorkerRef.Owner {

    private final IntConsumer stopRequest;
    private final Executor completion;
    private final ConcurrentNavigableMap<Integer, WorkerRef> slots = new ConcurrentSkipListMap<>();
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile @Nullable PipelineBoxException lastEnd;

    /** Nobody yet; the request has the master stop the worker with a number, and stages are completed on the executor. */
    WorkerRegistry(IntConsumer stopRequest, Executor completion) {
        this.stopRequest = stopRequest;
        this.completion = completion;
    }

    /** Takes in a worker, with the next number from 0. */
    WorkerRef add() {
        WorkerRef slot = new WorkerRef(added.getAndIncrement(), this, completion);
        slots.put(slot.index(), slot);
        open.incrementAndGet();
        return slot;
    }

    /** How many there are that could come to work. */
    int size() {
        return open.get();
    }

    /** Those that have not ended, in the order of their numbers. */
    Collection<WorkerRef> slots() {
        return slots.values();
    }

    /**
     * Does nothing if somebody could come to work.
     *
     * @throws NoWorkerException if there is nobody
     */
    void check() {
        if (size() > 0) {
            return;
        }
        if (added.get() == 0) {
            throw new NoWorkerException("No worker was added, so nothing could run the tasks; call addWorker first");
        }
        PipelineBoxException reason = lastEnd;
        throw new NoWorkerException(
                "No worker is left that could run the tasks; add one first. The last one ended so: "
                        + (reason == null ? "stopped" : reason.getMessage()),
                reason);
    }

    @Override
    public void onStopRequested(WorkerRef slot) {
        stopRequest.accept(slot.index());
    }

    @Override
    public void onClosed(WorkerRef slot) {
        open.decrementAndGet();
    }

    @Override
    public void onEnded(WorkerRef slot, PipelineBoxException reason) {
        lastEnd = reason;
        slots.remove(slot.index());
    }
}
