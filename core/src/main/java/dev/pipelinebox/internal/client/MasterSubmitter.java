package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.task.Payloads;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Submits tasks of one policy to one master. */
record MasterSubmitter(MasterClient client, TaskPolicy policy) implements Submitter {

    @Override
    public long submit(List<Payloads> arguments, OutcomeListener listener) {
        return client.submit(arguments, policy, listener);
    }

    @Override
    public long refuse(PipelineBoxException error, OutcomeListener listener) {
        return client.refuse(error, policy, listener);
    }

    @Override
    public PipelineBoxException encodingFailure(@Nullable Object argument, PayloadException error) {
        return error;
    }

    @Override
    public void cancel(OutcomeListener listener) {
        client.cancel(listener);
    }

    @Override
    public void register(OutcomeListener listener) {
        client.register(listener);
    }

    @Override
    public void unregister(OutcomeListener listener) {
        client.unregister(listener);
    }

    @Override
    public boolean isOpen() {
        return client.isOpen();
    }

    @Override
    public int inFirstStage(OutcomeListener listener, int inFlight) {
        return inFlight;
    }

    @Override
    public int workers() {
        return client.workers();
    }

    @Override
    public void check() {
        client.checkOpen();
        client.checkWorkers();
    }
}
