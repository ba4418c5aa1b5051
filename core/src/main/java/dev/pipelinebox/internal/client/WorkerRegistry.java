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

/** The workers of a master that have not ended, and how the last one that has ended did so. Thread-safe. */
final class WorkerRegistry implements WorkerRef.Owner {

    private final IntConsumer stopRequest;
    private final Executor callbacks;
    private final ConcurrentNavigableMap<Integer, WorkerRef> refs = new ConcurrentSkipListMap<>();
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile @Nullable PipelineBoxException lastEnd;

    /** The request has the master stop the worker of an index; the executor completes the workers' stages. */
    WorkerRegistry(IntConsumer stopRequest, Executor callbacks) {
        this.stopRequest = stopRequest;
        this.callbacks = callbacks;
    }

    /** A new worker, with the next index from 0. */
    WorkerRef add() {
        WorkerRef worker = new WorkerRef(added.getAndIncrement(), this, callbacks);
        refs.put(worker.index(), worker);
        open.incrementAndGet();
        return worker;
    }

    /** How many workers are open. */
    int size() {
        return open.get();
    }

    /** Those that have not ended, in the order of their indexes. */
    Collection<WorkerRef> refs() {
        return refs.values();
    }

    /**
     * Does nothing if a worker is open.
     *
     * @throws NoWorkerException if none is
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
    public void onStopRequested(WorkerRef worker) {
        stopRequest.accept(worker.index());
    }

    @Override
    public void onClosed(WorkerRef worker) {
        open.decrementAndGet();
    }

    @Override
    public void onEnded(WorkerRef worker, PipelineBoxException reason) {
        lastEnd = reason;
        refs.remove(worker.index());
    }
}
