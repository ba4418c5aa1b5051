package dev.pipelinebox.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.WorkerHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkerSlotTest {

    private static final WorkerSlot.Owner NOBODY = new WorkerSlot.Owner() {
        @Override
        public void onStopRequested(WorkerSlot slot) {}

        @Override
        public void onClosed(WorkerSlot slot) {}

        @Override
        public void onEnded(WorkerSlot slot, PipelineBoxException reason) {}
    };

    private final Deque<Runnable> executor = new ArrayDeque<>();
    private final WorkerSlot slot = new WorkerSlot(0, NOBODY, executor::add);

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
