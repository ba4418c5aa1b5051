package dev.pipelinebox.internal.remote;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.launch.WorkerProcess;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A worker to start.
 *
 * @param bootstrap what it is told
 * @param options how it is started
 * @param relayAddress where its host connects for it
 * @param local starts it on this machine
 * @param started is completed with its process, or with why there can be none
 */
record StartRequest(
        Bootstrap bootstrap,
        WorkerOptions options,
        String relayAddress,
        Supplier<CompletionStage<WorkerProcess>> local,
        CompletableFuture<WorkerProcess> started) {

    long process() {
        return bootstrap.process();
    }

    /** On this machine. */
    void startHere() {
        CompletionStage<WorkerProcess> starting = local.get();
        starting.whenComplete((process, problem) -> {
            if (process == null) {
                started.completeExceptionally(problem);
            } else {
                started.complete(process);
            }
        });
    }
}
