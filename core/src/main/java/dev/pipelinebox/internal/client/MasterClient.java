package dev.pipelinebox.internal.client;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.internal.master.MasterCommand;
import dev.pipelinebox.internal.pool.WorkerSpec;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What runs and questions share of a master: task numbers, the way to its actor, who waits. Thread-safe. */
public final class MasterClient {

    private final ActorRef<MasterCommand> actor;
    private final TaskPolicy policy;
    private final AskAdmission askLimit;
    private final Set<TerminationListener> waiters = ConcurrentHashMap.newKeySet();
    private final WorkerRegistry roster;
    private long lastTaskId;
    private volatile @Nullable PipelineBoxException closed;

    public MasterClient(
            ActorRef<MasterCommand> actor, TaskPolicy policy, AskAdmissionSettings asks, CallbackExecutor completion) {
        this.actor = actor;
        this.policy = policy;
        this.roster = new WorkerRegistry(index -> actor.tell(new MasterCommand.StopWorker(index)), completion);
        this.askLimit = new AskAdmission(asks, this::isOpen);
    }

    public ActorRef<MasterCommand> actor() {
        return actor;
    }

    /** How many questions may be open. */
    public AskAdmission askLimit() {
        return askLimit;
    }

    /** The way in for tasks that are treated as usual. */
    public Submitter intake() {
        return intake(policy);
    }

    /** The way in for tasks that are treated in this way. */
    public Submitter intake(TaskPolicy how) {
        return new MasterSubmitter(this, how);
    }

    /** Has a worker started, with the next number. */
    public synchronized WorkerHandle addWorker(IntFunction<WorkerSpec> specs) {
        checkOpen();
        WorkerRef slot = roster.add();
        actor.tell(new MasterCommand.AddWorker(specs.apply(slot.index()), slot));
        return slot;
    }

    int workers() {
        return roster.size();
    }

    synchronized long refuse(PipelineBoxException error, TaskPolicy how, OutcomeSink sink) {
        Task task = new Task(++lastTaskId, null, how, sink);
        actor.tell(new MasterCommand.RefuseTask(task, error));
        return task.id();
    }

    synchronized long submit(List<byte @Nullable []> payloads, TaskPolicy how, OutcomeSink sink) {
        long first = lastTaskId + 1;
        List<Task> tasks = new ArrayList<>(payloads.size());
        for (byte[] payload : payloads) {
            tasks.add(new Task(++lastTaskId, payload, how, sink));
        }
        actor.tell(new MasterCommand.AddTasks(tasks));
        return first;
    }

    /**
     * Hands in the same task for each worker that is there now, and returns their numbers.
     *
     * @throws NoWorkerException if there is none
     */
    public synchronized List<Long> submitToEach(byte @Nullable [] payload, OutcomeSink sink) {
        List<Task> tasks = new ArrayList<>();
        for (WorkerRef slot : roster.slots()) {
            if (slot.isOpen()) {
                tasks.add(new Task(++lastTaskId, payload, policy.onlyOn(slot.index()), sink));
            }
        }
        if (tasks.isEmpty()) {
            checkWorkers();
        }
        actor.tell(new MasterCommand.AddTasks(tasks));
        return tasks.stream().map(Task::id).toList();
    }

    void cancel(OutcomeSink sink) {
        actor.tell(new MasterCommand.CancelTasks(sink));
    }

    public void register(TerminationListener waiter) {
        waiters.add(waiter);
        PipelineBoxException reason = closed;
        if (reason != null) {
            waiters.remove(waiter);
            waiter.onMasterGone(reason);
        }
    }

    void forget(TerminationListener waiter) {
        waiters.remove(waiter);
    }

    boolean isOpen() {
        return closed == null;
    }

    public void checkOpen() {
        if (!isOpen()) {
            throw new MasterClosedException("The master has been closed; start a new one with Master.of(…).start()");
        }
    }

    void checkWorkers() {
        roster.check();
    }

    /** From now on nothing is taken in; tells whether it was open. */
    public boolean close() {
        return close(null);
    }

    /** As {@link #close()}, since the master has failed, unless that is {@code null}. */
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
        askLimit.onClosed();
        return wasOpen;
    }

    /** Nothing will come any more: whoever still waits is told. */
    public void onGone() {
        close();
        PipelineBoxException reason = closed;
        for (TerminationListener waiter : waiters) {
            if (reason != null) {
                waiter.onMasterGone(reason);
            }
        }
        waiters.clear();
        roster.slots().forEach(WorkerRef::onStopped);
    }
}
