package dev.pipelinebox;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import org.jspecify.annotations.Nullable;

/** Takes in tasks that the test answers, for a number of workers that are not there. */
abstract class SilentIntake implements Intake {

    private final int workers;

    SilentIntake(int workers) {
        this.workers = workers;
    }

    @Override
    public long refuse(PipelineBoxException error, Caller caller) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PipelineBoxException unwritable(@Nullable Object argument, PayloadException error) {
        return error;
    }

    @Override
    public void cancel(Caller caller) {}

    @Override
    public void register(Caller caller) {}

    @Override
    public void forget(Caller caller) {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public int atEntrance(Caller caller, int atWork) {
        return atWork;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void check() {}
}
