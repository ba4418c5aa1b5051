package dev.pipelinebox.internal.master;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.launch.WorkerProcess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A process that runs until the test says otherwise, and records what is done to it.
 *
 * @param done what was done, in order
 */
record RecordedProcess(List<String> done) implements WorkerProcess {

    @Override
    public long pid() {
        return 1;
    }

    @Override
    public CompletionStage<Void> onEnd() {
        return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<WorkerExit> onExit() {
        return new CompletableFuture<>();
    }

    @Override
    public void assign(int workerIndex) {
        done.add("assign: " + workerIndex);
    }

    @Override
    public void kill(String reason) {
        done.add("kill: " + reason);
    }
}
