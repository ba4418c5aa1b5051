package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way into one master's pool for tasks that are all treated alike. */
record MasterSubmitter(MasterClient pool, TaskPolicy policy) implements Submitter {

    @Override
    public long submit(List<byte @Nullable []> payloads, OutcomeListener caller) {
        return pool.submit(payloads, policy, caller);
    }

    @Override
    public long refuse(PipelineBoxException error, OutcomeListener caller) {
        return pool.refuse(error, policy, caller);
    }

    @Override
    public PipelineBoxException unwritable(@Nullable Object argument, PayloadException error) {
        return error;
    }

    @Override
    public void cancel(OutcomeListener caller) {
        pool.cancel(caller);
    }

    @Override
    public void register(OutcomeListener caller) {
        pool.register(caller);
    }

    @Override
    public void forget(OutcomeListener caller) {
        pool.forget(caller);
    }

    @Override
    public boolean isOpen() {
        return pool.isOpen();
    }

    @Override
    public int atEntrance(OutcomeListener caller, int atWork) {
        return atWork;
    }

    @Override
    public int workers() {
        return pool.workers();
    }

    @Override
    public void check() {
        pool.checkOpen();
        pool.checkWorkers();
    }
}
