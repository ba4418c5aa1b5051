package dev.pipelinebox.internal.master;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.PoolStatus;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.pool.WorkerListener;
import dev.pipelinebox.internal.pool.WorkerSpec;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.TaskBatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** The messages of the master's actor: from the caller's side, and from the sessions of its processes. */
public sealed interface MasterCommand {

    /**
     * Tasks to run.
     *
     * @param tasks the tasks, in order
     */
    record AddTasks(List<TaskBatch> tasks) implements MasterCommand {}

    /**
     * A task that cannot be run, since its argument cannot be written; it only has a number and an outcome.
     *
     * @param task the task, alone
     * @param error why
     */
    record RefuseTask(TaskBatch task, PipelineBoxException error) implements MasterCommand {}

    /**
     * The caller is no longer interested in these tasks.
     *
     * @param sink where their outcomes were to go
     */
    record CancelTasks(OutcomeSink sink) implements MasterCommand {}

    /** From now on no task is assigned. */
    enum Pause implements MasterCommand {
        /** The only one. */
        NOW
    }

    /** Tasks are assigned again. */
    enum Resume implements MasterCommand {
        /** The only one. */
        NOW
    }

    /** Completes the future when no task is left. */
    record Drain(CompletableFuture<Void> done) implements MasterCommand {}

    /** Completes the future at once. */
    record Status(CompletableFuture<PoolStatus> reply) implements MasterCommand {}

    /**
     * A worker to start.
     *
     * @param spec what to build it from
     * @param listener receives the changes of its state
     */
    record AddWorker(WorkerSpec spec, WorkerListener listener) implements MasterCommand {}

    /**
     * A worker to stop for good.
     *
     * @param index its number
     */
    record StopWorker(int index) implements MasterCommand {}

    /** Ends all work, interrupts running tasks or lets them finish, and completes the future after the last process. */
    record Shutdown(boolean interrupt, CompletableFuture<Void> done) implements MasterCommand {}

    /**
     * The process was launched.
     *
     * @param process its number
     * @param pid its process id
     */
    record Launched(long process, long pid, String host) implements MasterCommand {}

    /**
     * The user's worker is built.
     *
     * @param process its number
     * @param demand its first demand
     * @param startup the time since its launch
     */
    record BecameReady(long process, Demand demand, Duration startup) implements MasterCommand {}

    /**
     * Tasks did not reach the worker and never will.
     *
     * @param process the number of the worker
     * @param taskIds the tasks
     * @param error why
     */
    record Undeliverable(long process, List<Long> taskIds, PipelineBoxException error) implements MasterCommand {}

    /**
     * A task reports progress.
     *
     * @param process the number of its worker
     * @param progress the report
     */
    record Progressed(long process, WorkerToMaster.Progressed progress) implements MasterCommand {}

    /**
     * The worker should be replaced.
     *
     * @param process its number
     * @param reason why
     */
    record RecyclingDue(long process, String reason) implements MasterCommand {}

    /**
     * Tasks have ended.
     *
     * @param process the number of their worker
     * @param outcomes how they ended
     * @param demand what the worker asks for now
     */
    record Finished(long process, List<OutcomeEnvelope> outcomes, Demand demand) implements MasterCommand {}

    /**
     * Tasks come back unstarted.
     *
     * @param process the number of their worker
     * @param taskIds the tasks
     */
    record GivenBack(long process, List<Long> taskIds) implements MasterCommand {}

    /**
     * The process is ending; it takes no more tasks, but what it sent before may still come.
     *
     * @param process its number
     */
    record Ending(long process) implements MasterCommand {}

    /**
     * A process lost its master and ended itself: no task caused that if the JVM of the master was suspended.
     *
     * @param process its number
     */
    record MasterLost(long process) implements MasterCommand {}

    /**
     * A host is gone, and these processes with it; comes before the end of each.
     *
     * @param event what users are told, by the number of tasks that run again
     */
    record HostGone(List<Long> processes, IntFunction<PoolEvent> event) implements MasterCommand {}

    /** The host of a process is to be left, and so is the process. */
    record Retire(long process) implements MasterCommand {}

    /** Something else about hosts that users are told. */
    record HostNews(PoolEvent event) implements MasterCommand {}

    /**
     * The process is gone, or was never launched; all that it sent has arrived before.
     *
     * @param process its number
     * @param exit how it ended, if it was launched
     * @param startFailure why it was never ready, if it was not
     */
    record Gone(long process, Optional<WorkerExit> exit, Optional<WorkerStartException> startFailure)
            implements MasterCommand {}

    /** Time to take out what was cancelled. */
    enum Sweep implements MasterCommand {
        /** The only one. */
        NOW
    }

    /** Time to look whether tasks have passed a limit, and whether some workers idle while others hold too much. */
    enum Tick implements MasterCommand {
        /** The only one. */
        NOW
    }

    /** Time for the sessions to check their processes. */
    enum SessionTick implements MasterCommand {
        /** The only one. */
        NOW
    }

    /**
     * The back-off after a failure is over.
     *
     * @param index the worker's number, or that of the spares
     */
    record BackoffOver(int index) implements MasterCommand {}
}
