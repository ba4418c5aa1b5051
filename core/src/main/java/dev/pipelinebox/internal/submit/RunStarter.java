package dev.pipelinebox.internal.submit;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.client.BacklogLimit;
import dev.pipelinebox.internal.client.MasterClient;
import dev.pipelinebox.internal.submit.input.Input;
import dev.pipelinebox.internal.submit.run.Run;
import dev.pipelinebox.internal.submit.run.RunResults;
import org.jspecify.annotations.Nullable;

/** Starts the runs of a master; the next run collects tasks that are added before it is started. Thread-safe. */
public final class RunStarter<A extends @Nullable Object, R extends @Nullable Object> {

    private final MasterClient client;
    private final Submissions<A, R> submissions;
    private final BacklogLimit limit;
    private Run<R> next;

    public RunStarter(MasterClient client, Submissions<A, R> submissions, BacklogLimit limit) {
        this.client = client;
        this.submissions = submissions;
        this.limit = limit;
        this.next = submissions.newRun();
    }

    /**
     * Submits a task; its result belongs to the next run.
     *
     * @throws PayloadException if the argument cannot be encoded
     * @throws MasterClosedException if the master is closed
     * @throws QueueFullException if too many were added since the last run
     */
    public long add(A argument, TaskOptions options) {
        client.checkOpen();
        byte[] payload = submissions.codec().encode(argument);
        synchronized (this) {
            limit.admit(payload == null ? 0 : payload.length);
            return next.input().add(payload, client.submitter(options));
        }
    }

    /**
     * Starts the next run: the tasks that were added, and those of the input, submitted in the given way.
     *
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> start(Input<A> input, Submissions<A, R> way) {
        way.check(input);
        Run<R> run;
        synchronized (this) {
            run = next;
            next = submissions.newRun();
            limit.clear();
        }
        return way.start(run, input);
    }

    /**
     * Starts a separate run with the same task for each worker.
     *
     * @throws PayloadException if the argument cannot be encoded
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if the master is closed
     */
    public Results<R> broadcast(A argument) {
        client.checkOpen();
        byte[] payload = submissions.codec().encode(argument);
        Run<R> run = submissions.newRun();
        run.input().addSubmitted(() -> client.submitToEach(payload, run));
        client.register(run);
        return new RunResults<>(run, () -> {});
    }
}
