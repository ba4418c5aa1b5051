package dev.pipelinebox;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.master.TaskPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way into one master's pool for tasks that are all treated alike. */
record PoolIntake(Pool pool, TaskPolicy policy) implements Intake {

    @Override
    public long submit(List<byte @Nullable []> payloads, Caller caller) {
        return pool.submit(payloads, policy, caller);
    }

    @Override
    public long refuse(PipelineBoxException error, Caller caller) {
        return pool.refuse(error, policy, caller);
    }

    @Override
    public PipelineBoxException unwritable(@Nullable Object argument, PayloadException error) {
        return error;
    }

    @Override
    public void cancel(Caller caller) {
        pool.cancel(caller);
    }

    @Override
    public void register(Caller caller) {
        pool.register(caller);
    }

    @Override
    public void forget(Caller caller) {
        pool.forget(caller);
    }

    @Override
    public boolean isOpen() {
        return pool.isOpen();
    }

    @Override
    public int atEntrance(Caller caller, int atWork) {
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
