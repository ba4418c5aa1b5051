package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.HostHandle;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.pool.WorkerListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** The caller's handle of a worker, which the master's actor keeps up to date. Thread-safe. */
final class WorkerRef implements WorkerHandle, WorkerListener {

    /** Keeps the workers of a master; called on any thread. */
    interface Owner {

        /** The caller wants the worker stopped. */
        void onStopRequested(WorkerRef worker);

        /** The worker gets no new tasks. Called once. */
        void onClosed(WorkerRef worker);

        /** The worker has ended. Called once, and before {@link #onClosed} if that has not been called. */
        void onEnded(WorkerRef worker, PipelineBoxException reason);
    }

    private final int index;
    private final Owner owner;
    private final Executor callbacks;
    private final CompletableFuture<Long> launched = new CompletableFuture<>();
    private final CompletableFuture<WorkerHandle> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicBoolean hasEnded = new AtomicBoolean();
    private volatile long pid;
    private volatile String host = HostHandle.LOCAL;

    /** A worker without a process; its stages are completed by the executor. */
    WorkerRef(int index, Owner owner, Executor callbacks) {
        this.index = index;
        this.owner = owner;
        this.callbacks = callbacks;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public long pid() {
        try {
            launched.join();
            return pid;
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof PipelineBoxException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String toString() {
        return "worker " + index + (pid == 0 ? "" : " (process " + pid + ")");
    }

    @Override
    public CompletionStage<WorkerHandle> ready() {
        CompletableFuture<WorkerHandle> stage = new CompletableFuture<>();
        CompletableFuture<WorkerHandle> unused = ready.whenComplete((worker, error) -> {
            if (error == null) {
                stage.complete(worker);
            } else {
                stage.completeExceptionally(error);
            }
        });
        return stage;
    }

    @Override
    public CompletionStage<Void> stop() {
        close();
        owner.onStopRequested(this);
        return ended.minimalCompletionStage();
    }

    /** Whether the worker gets new tasks, now or when it is ready: it was neither stopped nor given up. */
    boolean isOpen() {
        return !isClosed.get();
    }

    @Override
    public void onLaunched(long newPid, String newHost) {
        host = newHost;
        pid = newPid;
        launched.complete(newPid);
    }

    @Override
    public void onReady() {
        callbacks.execute(() -> ready.complete(this));
    }

    @Override
    public void onGivenUp(WorkerStartException error) {
        end(error);
    }

    @Override
    public void onStopped() {
        end(new MasterClosedException("Worker " + index + " was stopped"));
    }

    private void close() {
        if (isClosed.compareAndSet(false, true)) {
            owner.onClosed(this);
        }
    }

    private void end(PipelineBoxException error) {
        if (hasEnded.compareAndSet(false, true)) {
            owner.onEnded(this, error);
        }
        close();
        launched.completeExceptionally(error);
        callbacks.execute(() -> {
            ready.completeExceptionally(error);
            ended.complete(null);
        });
    }
}
