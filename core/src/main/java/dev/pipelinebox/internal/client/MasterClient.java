package dev.pipelinebox.internal.client;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolStatus;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.internal.master.MasterCommand;
import dev.pipelinebox.internal.pool.WorkerSpec;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Payloads;
import dev.pipelinebox.internal.task.TaskBatch;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The caller's client of one master: it gives tasks their ids and sends the commands to the actor. Thread-safe. */
public final class MasterClient {

    private final ActorRef<MasterCommand> actor;
    private final Function<TaskOptions, TaskPolicy> policies;
    private final Executor callbacks;
    private final AskAdmission askAdmission;
    private final Set<TerminationListener> listeners = ConcurrentHashMap.newKeySet();
    private final WorkerRegistry workers;
    private long lastTaskId;
    private volatile @Nullable PipelineBoxException closed;

    /** The function gives the policy of a task from its options, the executor completes the caller's stages. */
    public MasterClient(
            ActorRef<MasterCommand> actor,
            Function<TaskOptions, TaskPolicy> policies,
            AskAdmissionSettings asks,
            Executor callbacks) {
        this.actor = actor;
        this.policies = policies;
        this.callbacks = callbacks;
        this.workers = new WorkerRegistry(index -> actor.tell(new MasterCommand.StopWorker(index)), callbacks);
        this.askAdmission = new AskAdmission(asks, this::isOpen);
    }

    public AskAdmission askAdmission() {
        return askAdmission;
    }

    /** Submits tasks without options. */
    public Submitter submitter() {
        return submitter(TaskOptions.defaults());
    }

    public Submitter submitter(TaskOptions options) {
        return submitter(policies.apply(options));
    }

    public Submitter submitter(TaskPolicy policy) {
        return new MasterSubmitter(this, policy);
    }

    /**
     * Has a worker started, with the next index.
     *
     * @throws MasterClosedException if the master is closed
     */
    public synchronized WorkerHandle addWorker(IntFunction<WorkerSpec> specs) {
        checkOpen();
        WorkerRef worker = workers.add();
        actor.tell(new MasterCommand.AddWorker(specs.apply(worker.index()), worker));
        return worker;
    }

    /**
     * Submits the same task for each open worker, and returns their ids.
     *
     * @throws NoWorkerException if there is none
     */
    public synchronized List<Long> submitToEach(byte @Nullable [] payload, OutcomeSink sink) {
        TaskPolicy policy = policies.apply(TaskOptions.defaults());
        Payloads argument = Payloads.of(payload);
        List<TaskBatch> tasks = new ArrayList<>();
        for (WorkerRef worker : workers.refs()) {
            if (worker.isOpen()) {
                tasks.add(new TaskBatch(++lastTaskId, argument, policy.onlyOn(worker.index()), sink));
            }
        }
        if (tasks.isEmpty()) {
            checkWorkers();
        }
        actor.tell(new MasterCommand.AddTasks(tasks));
        return tasks.stream().map(TaskBatch::firstId).toList();
    }

    /**
     * Dispatches no more tasks until {@link #resume}.
     *
     * @throws MasterClosedException if the master is closed
     */
    public void pause() {
        checkOpen();
        actor.tell(MasterCommand.Pause.NOW);
    }

    /**
     * Dispatches tasks again.
     *
     * @throws MasterClosedException if the master is closed
     */
    public void resume() {
        checkOpen();
        actor.tell(MasterCommand.Resume.NOW);
    }

    /** Completes when no task is left, or when the master ends. */
    public CompletionStage<Void> drain() {
        return MasterRequest.send(this, MasterCommand.Drain::new)
                .<Void>handleAsync((done, masterEnded) -> null, callbacks)
                .minimalCompletionStage();
    }

    /**
     * A snapshot. Waits for the actor, which never runs user code.
     *
     * @throws MasterClosedException if the master is closed
     */
    public PoolStatus status() {
        checkOpen();
        try {
            return MasterRequest.send(this, MasterCommand.Status::new).join();
        } catch (CompletionException ended) {
            throw ended.getCause() instanceof PipelineBoxException reason ? reason : ended;
        }
    }

    /** Ends the master's work; completes when the last process has ended, and never if the actor ends before. */
    public CompletableFuture<Void> shutdown(boolean interrupt) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        actor.tell(new MasterCommand.Shutdown(interrupt, done));
        return done;
    }

    /** The listener is told when the master ends, at once if it has ended. */
    public void register(TerminationListener listener) {
        listeners.add(listener);
        PipelineBoxException reason = closed;
        if (reason != null) {
            listeners.remove(listener);
            listener.onMasterEnded(reason);
        }
    }

    public void checkOpen() {
        if (!isOpen()) {
            throw new MasterClosedException("The master has been closed; start a new one with Master.of(…).start()");
        }
    }

    /** Nothing is submitted from now on; tells whether it was open. */
    public boolean close() {
        return close(null);
    }

    /** As {@link #close()}, because the master has failed, unless that is {@code null}. */
    public boolean close(@Nullable Throwable failure) {
        boolean wasOpen;
        synchronized (this) {
            wasOpen = closed == null;
            if (wasOpen) {
                closed = failure == null
                        ? new MasterClosedException("The master was closed while its caller was waiting")
                        : new MasterClosedException(
                                "The master has ended by an error of its own: " + failure + "; start a new one",
                                failure);
            }
        }
        askAdmission.onClosed();
        return wasOpen;
    }

    /** The master has ended: all listeners are told. */
    public void onEnded() {
        close();
        PipelineBoxException reason = closed;
        for (TerminationListener listener : listeners) {
            if (reason != null) {
                listener.onMasterEnded(reason);
            }
        }
        listeners.clear();
        workers.refs().forEach(WorkerRef::onStopped);
    }

    synchronized long submit(List<Payloads> arguments, TaskPolicy policy, OutcomeSink sink) {
        long first = lastTaskId + 1;
        List<TaskBatch> tasks = new ArrayList<>(arguments.size());
        for (Payloads batch : arguments) {
            tasks.add(new TaskBatch(lastTaskId + 1, batch, policy, sink));
            lastTaskId += batch.count();
        }
        actor.tell(new MasterCommand.AddTasks(tasks));
        return first;
    }

    synchronized long refuse(PipelineBoxException error, TaskPolicy policy, OutcomeSink sink) {
        TaskBatch task = new TaskBatch(++lastTaskId, Payloads.of(null), policy, sink);
        actor.tell(new MasterCommand.RefuseTask(task, error));
        return task.firstId();
    }

    void cancel(OutcomeSink sink) {
        actor.tell(new MasterCommand.CancelTasks(sink));
    }

    void send(MasterCommand command) {
        actor.tell(command);
    }

    void unregister(TerminationListener listener) {
        listeners.remove(listener);
    }

    boolean isOpen() {
        return closed == null;
    }

    int workers() {
        return workers.size();
    }

    void checkWorkers() {
        workers.check();
    }
}
