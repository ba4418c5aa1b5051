package dev.pipelinebox.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerStartException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class WorkerRefTest {

    private final Deque<Runnable> callbacks = new ArrayDeque<>();
    private final WorkerRef worker = new WorkerRegistry(index -> {}, callbacks::add).add();

    @Test
    void theReadyStageFailsWithTheReasonItself() {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        CompletionStage<WorkerHandle> unused = worker.ready().whenComplete((value, error) -> seen.complete(error));
        WorkerStartException reason = new WorkerStartException("no licence");

        worker.onGivenUp(reason);
        callbacks.remove().run();

        assertThat(seen).isCompletedWithValue(reason);
    }

    @Test
    void itsStagesAreCompletedByTheCallbackExecutor() {
        CompletableFuture<WorkerHandle> ready = worker.ready().toCompletableFuture();
        worker.onReady();
        assertThat(ready).isNotDone();
        callbacks.remove().run();
        assertThat(ready).isCompletedWithValue(worker);

        CompletableFuture<Void> stopped = worker.stop().toCompletableFuture();
        worker.onStopped();
        assertThat(stopped).isNotDone();
        callbacks.remove().run();
        assertThat(stopped).isCompleted();
    }
}
