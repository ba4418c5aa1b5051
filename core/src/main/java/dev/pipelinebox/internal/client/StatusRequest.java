package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolStatus;
import dev.pipelinebox.internal.master.MasterCommand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Somebody who waits for the master's actor to tell how the master stands. */
public final class StatusRequest implements TerminationListener {

    private final CompletableFuture<PoolStatus> answer = new CompletableFuture<>();

    private StatusRequest() {}

    /**
     * Asks and waits, no longer than for a message to the actor, which never runs user code.
     *
     * @throws MasterClosedException if the master is closed
     */
    public static PoolStatus of(MasterClient pool) {
        pool.checkOpen();
        StatusRequest survey = new StatusRequest();
        pool.register(survey);
        pool.actor().tell(new MasterCommand.Survey(survey.answer::complete));
        try {
            return survey.answer.join();
        } catch (CompletionException gone) {
            throw gone.getCause() instanceof PipelineBoxException reason ? reason : gone;
        } finally {
            pool.forget(survey);
        }
    }

    @Override
    public void onMasterGone(PipelineBoxException reason) {
        answer.completeExceptionally(reason);
    }
}
