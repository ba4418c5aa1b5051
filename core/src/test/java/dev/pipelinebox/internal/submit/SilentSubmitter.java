package dev.pipelinebox.internal.submit;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import org.jspecify.annotations.Nullable;

/** Takes in tasks that the test answers, for a number of workers that are not there. */
public abstract class SilentSubmitter implements Submitter {

    private final int workers;

    public SilentSubmitter(int workers) {
        this.workers = workers;
    }

    @Override
    public long refuse(PipelineBoxException error, OutcomeListener caller) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PipelineBoxException unwritable(@Nullable Object argument, PayloadException error) {
        return error;
    }

    @Override
    public void cancel(OutcomeListener caller) {}

    @Override
    public void register(OutcomeListener caller) {}

    @Override
    public void forget(OutcomeListener caller) {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public int atEntrance(OutcomeListener caller, int atWork) {
        return atWork;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void check() {}
}
