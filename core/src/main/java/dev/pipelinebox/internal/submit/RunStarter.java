package dev.pipelinebox.internal.submit;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.internal.client.BacklogLimit;
import dev.pipelinebox.internal.client.MasterClient;
import dev.pipelinebox.internal.submit.input.Input;
import dev.pipelinebox.internal.submit.run.Run;
import dev.pipelinebox.internal.submit.run.RunResults;
import dev.pipelinebox.internal.task.TaskPolicy;
import org.jspecify.annotations.Nullable;

/** Starts the runs of a master, the next one of which collects tasks that are added before it. Thread-safe. */
public final class RunStarter<A extends @Nullable Object, R extends @Nullable Object> {

    private final MasterClient pool;
    private final Submissions<A, R> tasks;
    private final BacklogLimit added;
    private Run<R> next;

    public RunStarter(MasterClient pool, Submissions<A, R> tasks, BacklogLimit added) {
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
    public long add(A argument, TaskPolicy policy) {
        pool.checkOpen();
        byte[] payload = tasks.reader().writeArgument(argument);
        synchronized (this) {
            added.enter(payload == null ? 0 : payload.length);
            return next.input().add(payload, pool.intake(policy));
        }
    }

    /**
     * Starts the next run, with tasks that are treated in this way beside those that were added before.
     *
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> start(Input<A> input, Submissions<A, R> treated) {
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
    public Results<R> broadcast(A argument) {
        pool.checkOpen();
        byte[] payload = tasks.reader().writeArgument(argument);
        Run<R> run = tasks.newRun();
        run.input().addSubmitted(() -> pool.submitToEach(payload, run));
        pool.register(run);
        return new RunResults<>(run, () -> {});
    }
}
