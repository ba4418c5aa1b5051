package dev.pipelinebox.internal.pool;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerStartException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** The caller's view of a worker. Thread-safe; written by the master's actor. */
public final class WorkerRef implements WorkerHandle {

    /** Who has added the worker; called on any thread. */
    public interface Owner {

        /**
         * The worker is to be stopped.
         *
         * @param slot the worker
         */
        void onStopRequested(WorkerRef slot);

        /**
         * The worker gets no new tasks any more; told once.
         *
         * @param slot the worker
         */
        void onClosed(WorkerRef slot);

        /**
         * The worker has ended; told once, before it is told to be closed if it was not.
         *
         * @param slot the worker
         * @param reason why
         */
        void onEnded(WorkerRef slot, PipelineBoxException reason);
    }

    private final int index;
    private final Owner owner;
    private final Executor completion;
    private final CompletableFuture<Long> launched = new CompletableFuture<>();
    private final CompletableFuture<WorkerHandle> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicBoolean hasEnded = new AtomicBoolean();
    private volatile long pid;

    /**
     * The view of a worker whose process has not been launched yet.
     *
     * @param index its number
     * @param owner who has added it
     * @param completion where its stages are completed
     */
    public WorkerRef(int index, Owner owner, Executor completion) {
        this.index = index;
        this.owner = owner;
        this.completion = completion;
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

    /**
     * Tells whether this worker gets new tasks, now or when it is ready.
     *
     * @return {@code false} once it was asked to stop, or is given up
     */
    public boolean isOpen() {
        return !isClosed.get();
    }

    public void onLaunched(long newPid) {
        pid = newPid;
        launched.complete(newPid);
    }

    public void onReady() {
        completion.execute(() -> ready.complete(this));
    }

    public void onGivenUp(WorkerStartException error) {
        end(error);
    }

    /** It was stopped, or the master is gone. Does nothing if it has ended before. */
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
        completion.execute(() -> {
            ready.completeExceptionally(error);
            ended.complete(null);
        });
    }
}
