package dev.pipelinebox.internal.launch;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import java.util.concurrent.CompletionStage;

/** Starts a worker's process; the master is handed one. */
@FunctionalInterface
public interface ProcessStarter {

    /**
     * Starts a process.
     *
     * @param bootstrap what it is told over its standard input
     * @param options how its JVM is started
     * @return a stage with the running process
     */
    CompletionStage<WorkerProcess> start(Bootstrap bootstrap, WorkerOptions options);
}
