package dev.pipelinebox.master;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerStartException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The caller's view of a worker. Thread-safe; written by the master's actor. */
public final class WorkerSlot implements WorkerHandle {

    private final int index;
    private final Runnable stopRequest;
    private final CompletableFuture<Long> launched = new CompletableFuture<>();
    private final CompletableFuture<WorkerHandle> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile long pid;
    private volatile boolean isStopping;
    private volatile @Nullable PipelineBoxException endReason;

    /**
     * The view of a worker whose process has not been launched yet.
     *
     * @param index its number
     * @param stopRequest asks the master to stop it
     */
    public WorkerSlot(int index, Runnable stopRequest) {
        this.index = index;
        this.stopRequest = stopRequest;
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
    public CompletionStage<WorkerHandle> ready() {
        return ready.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Void> stop() {
        isStopping = true;
        stopRequest.run();
        return ended.minimalCompletionStage();
    }

    /**
     * Tells whether this worker gets new tasks, now or when it is ready.
     *
     * @return {@code false} once it was asked to stop, or is given up
     */
    public boolean isOpen() {
        return !isStopping && endReason == null;
    }

    /**
     * Why this worker has ended.
     *
     * @return the reason, or {@code null} if it has not ended
     */
    public @Nullable PipelineBoxException endReason() {
        return endReason;
    }

    void onLaunched(long newPid) {
        pid = newPid;
        launched.complete(newPid);
    }

    void onReady() {
        ready.completeAsync(() -> this);
    }

    void onGivenUp(WorkerStartException error) {
        end(error);
    }

    /** It was stopped, or the master is gone. Does nothing if it has ended before. */
    public void onStopped() {
        end(new MasterClosedException("Worker " + index + " was stopped"));
    }

    private void end(PipelineBoxException error) {
        if (endReason == null) {
            endReason = error;
        }
        launched.completeExceptionally(error);
        ready.defaultExecutor().execute(() -> {
            ready.completeExceptionally(error);
            ended.complete(null);
        });
    }
}
