package dev.pipelinebox.internal.submit;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import org.jspecify.annotations.Nullable;

/** A submitter without a master: the test gives the outcomes. It pretends to have a number of workers. */
public abstract class SilentSubmitter implements Submitter {

    private final int workers;

    public SilentSubmitter(int workers) {
        this.workers = workers;
    }

    @Override
    public long refuse(PipelineBoxException error, OutcomeListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PipelineBoxException encodingFailure(@Nullable Object argument, PayloadException error) {
        return error;
    }

    @Override
    public void cancel(OutcomeListener listener) {}

    @Override
    public void register(OutcomeListener listener) {}

    @Override
    public void unregister(OutcomeListener listener) {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public int inFirstStage(OutcomeListener listener, int inFlight) {
        return inFlight;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void check() {}
}
