package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.master.MasterCommand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Somebody who waits until no task is left, or the master is gone. */
public final class DrainRequest implements TerminationListener {

    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    private final CallbackExecutor completion;

    private DrainRequest(CallbackExecutor completion) {
        this.completion = completion;
    }

    public static CompletionStage<Void> of(MasterClient pool, CallbackExecutor completion) {
        DrainRequest drain = new DrainRequest(completion);
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
