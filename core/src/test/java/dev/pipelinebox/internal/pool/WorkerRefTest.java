package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerStartException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class WorkerRefTest {

    private final Deque<Runnable> executor = new ArrayDeque<>();
    private final WorkerRef slot = Specs.slot(0, executor::add);

    @Test
    void tellsWhyItIsNotReadyInItsOwnWords() {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        CompletionStage<WorkerHandle> unused = slot.ready().whenComplete((worker, error) -> told.complete(error));
        WorkerStartException reason = new WorkerStartException("no licence");

        slot.onGivenUp(reason);
        executor.remove().run();

        assertThat(told).isCompletedWithValue(reason);
    }

    @Test
    void isReadyAndStoppedForItsCallerOnTheCompletionExecutor() {
        CompletableFuture<WorkerHandle> ready = slot.ready().toCompletableFuture();
        slot.onReady();
        assertThat(ready).isNotDone();
        executor.remove().run();
        assertThat(ready).isCompletedWithValue(slot);

        CompletableFuture<Void> stopped = slot.stop().toCompletableFuture();
        slot.onStopped();
        assertThat(stopped).isNotDone();
        executor.remove().run();
        assertThat(stopped).isCompleted();
    }
}
