package dev.pipelinebox;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.master.MasterCommand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Somebody who waits until no task is left, or the master is gone. */
final class Drain implements Waiter {

    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    private final Completion completion;

    private Drain(Completion completion) {
        this.completion = completion;
    }

    static CompletionStage<Void> of(Pool pool, Completion completion) {
        Drain drain = new Drain(completion);
        pool.register(drain);
        pool.actor().tell(new MasterCommand.Drain(() -> {
            pool.forget(drain);
            drain.complete();
        }));
        return drain.drained.minimalCompletionStage();
    }

    @Override
    public void onMasterGone(PipelineBoxException reason) {
        complete();
    }

    private void complete() {
        drained.completeAsync(() -> null, completion);
    }
}
