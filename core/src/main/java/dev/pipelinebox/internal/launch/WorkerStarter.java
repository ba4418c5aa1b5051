package dev.pipelinebox.internal.launch;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Brings workers to life, each in a process of its own, or, for debugging, in this one. Thread-safe. */
public interface WorkerStarter extends AutoCloseable {

    /**
     * Checks options before anything is started with them.
     *
     * @param options the options of one worker
     * @throws IllegalArgumentException if a worker cannot be started with them
     */
    void check(WorkerOptions options);

    /**
     * Starts the process of the first worker ahead, so that it comes up while the master does. It is used if that worker
     * has no options of its own, and ended otherwise.
     *
     * @param early what it is told
     */
    void startAhead(EarlyBootstrap early);

    /**
     * Starts a worker and tells it what it needs to know.
     *
     * @param bootstrap what the worker is told
     * @param options how it is started
     * @return a stage with the running worker; it fails with {@link WorkerStartException} if there can be none
     */
    CompletionStage<WorkerProcess> launch(Bootstrap bootstrap, WorkerOptions options);

    /**
     * Where the master and the workers hand each other large payloads in memory.
     *
     * @return a folder that is removed by {@link #close}; empty if there is none
     */
    Optional<Path> sharedFolder();

    /** Prepares, in the background, what makes the next start quicker. To be called when the first worker is ready. */
    void prepareNextStart();

    /**
     * Waits for what {@link #prepareNextStart} began.
     *
     * @param patience the longest wait
     */
    void awaitPreparation(Duration patience);

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
