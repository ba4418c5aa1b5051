package dev.pipelinebox.internal.launch;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import java.util.concurrent.CompletionStage;

/** Starts workers, each in a process of its own, or, for debugging, in this one. Thread-safe. */
public interface WorkerStarter extends AutoCloseable {

    /**
     * Checks options before anything is started with them.
     *
     * @param options the options of one worker
     * @throws IllegalArgumentException if a worker cannot be started with them
     */
    void check(WorkerOptions options);

    /**
     * Starts a worker and tells it what it needs to know.
     *
     * @param bootstrap what the worker is told
     * @param options how it is started
     * @return a stage with the running worker; it fails with {@link WorkerStartException} if there can be none
     */
    CompletionStage<WorkerProcess> start(Bootstrap bootstrap, WorkerOptions options);

    /**
     * Kills all workers that run and waits until they are gone, for some seconds at most.
     *
     * @param reason why, for the {@link WorkerExit} of each
     */
    void killAll(String reason);

    /** Kills what still runs, and leaves nothing behind. A second call does nothing. */
    @Override
    void close();
}
