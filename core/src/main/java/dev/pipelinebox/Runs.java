package dev.pipelinebox;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.master.TaskPolicy;
import org.jspecify.annotations.Nullable;

/** Starts the runs of a master, the next one of which collects tasks that are added before it. Thread-safe. */
final class Runs<A extends @Nullable Object, R extends @Nullable Object> {

    private final Pool pool;
    private final Tasks<A, R> tasks;
    private final Added added;
    private Run<R> next;

    Runs(Pool pool, Tasks<A, R> tasks, Added added) {
        this.pool = pool;
        this.tasks = tasks;
        this.added = added;
        this.next = tasks.newRun();
    }

    /**
     * Starts a task, whose result is one of the next run's.
     *
     * @throws PayloadException if the argument cannot be written
     * @throws MasterClosedException if the master is closed
     * @throws QueueFullException if too many were added since the last run
     */
    long add(A argument, TaskPolicy policy) {
        pool.checkOpen();
        byte[] payload = tasks.reader().writeArgument(argument);
        synchronized (this) {
            added.enter(payload == null ? 0 : payload.length);
            return next.add(payload, pool.intake(policy));
        }
    }

    /**
     * Starts the next run, with tasks that are treated in this way beside those that were added before.
     *
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    Results<R> start(Input<A> input, Tasks<A, R> treated) {
        treated.check(input);
        Run<R> run;
        synchronized (this) {
            run = next;
            next = tasks.newRun();
            added.clear();
        }
        return treated.start(run, input);
    }

    /**
     * Starts a run of its own with the same task for each worker.
     *
     * @throws PayloadException if the argument cannot be written
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    Results<R> broadcast(A argument) {
        pool.checkOpen();
        byte[] payload = tasks.reader().writeArgument(argument);
        Run<R> run = tasks.newRun();
        run.addAll(() -> pool.submitToEach(payload, run));
        pool.register(run);
        return new RunResults<>(run, () -> {});
    }
}
