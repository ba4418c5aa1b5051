package dev.pipelinebox.internal.master;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.codec.ReportCodec;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.os.SuspendAwareClock;
import dev.pipelinebox.internal.pool.WorkerRecord;
import dev.pipelinebox.internal.schedule.CrashAttribution;
import dev.pipelinebox.internal.schedule.Lease;
import dev.pipelinebox.internal.schedule.Scheduler;
import dev.pipelinebox.internal.schedule.TaskFailures;
import dev.pipelinebox.internal.schedule.TimeoutAction;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The part of the master's actor for tasks: tells {@link Scheduler} what happens to them and carries out what it decides. It
 * sends tasks to workers, interrupts, kills, and publishes outcomes.
 */
final class TaskDispatcher {

    /** How often limits are checked, and workers that hold too many tasks. */
    private static final Duration TICK = Duration.ofMillis(50);

    /** The longest time between two checks that counts; in a longer one this JVM was suspended. */
    private static final Duration LONGEST_STEP = Duration.ofMillis(200);

    /** For a worker whose end the master did not see. */
    private static final WorkerExit UNSEEN =
            new WorkerExit(0, -1, WorkerExit.Cause.UNSEEN, "its end was not seen", "", "", "");

    private final ActorRef<MasterCommand> master;
    private final TimerScheduler<MasterCommand> timers;
    private final TaskMonitor events;
    private final OutcomePublisher publisher;
    private final Scheduler scheduler;
    private final WorkerSupervisor supervisor;
    private final SuspendAwareClock clock = new SuspendAwareClock(LONGEST_STEP, System::nanoTime);
    private final Set<OutcomeSink> cancelled = Collections.newSetFromMap(new IdentityHashMap<>());
    /** To be completed when no task is left. */
    private final List<CompletableFuture<Void>> onDrained = new ArrayList<>();

    private boolean closing;
    private boolean halted;

    TaskDispatcher(
            ActorRef<MasterCommand> master,
            TimerScheduler<MasterCommand> timers,
            TaskMonitor events,
            OutcomePublisher publisher,
            Scheduler scheduler,
            WorkerSupervisor supervisor) {
        this.master = master;
        this.timers = timers;
        this.events = events;
        this.publisher = publisher;
        this.scheduler = scheduler;
        this.supervisor = supervisor;
    }

    void onAddTasks(MasterCommand.AddTasks add) {
        scheduler.now(clock.now());
        Optional<PipelineBoxException> refusal = supervisor.whyNoWorkerIsLeft();
        add.tasks().forEach(publisher::added);
        if (closing) {
            publisher.closed(each(add.tasks()));
        } else if (refusal.isPresent()) {
            publisher.refused(each(add.tasks()), refusal.get());
        } else {
            add.tasks().forEach(scheduler::add);
        }
    }

    private static List<Task> each(List<TaskBatch> batches) {
        return batches.stream().flatMap(batch -> batch.tasks().stream()).toList();
    }

    void onRefuseTask(MasterCommand.RefuseTask refuse) {
        publisher.added(refuse.task());
        publisher.refused(refuse.task().tasks(), refuse.error());
    }

    void onFinished(MasterCommand.Finished finished) {
        WorkerRecord record = supervisor.find(finished.process());
        if (record == null) {
            return;
        }
        scheduler.now(clock.now());
        scheduler.demand(record.process(), finished.demand());
        for (OutcomeEnvelope envelope : finished.outcomes()) {
            onOutcome(record, envelope);
        }
        publisher.flush();
        supervisor.onOutcomes(record);
    }

    private void onOutcome(WorkerRecord record, OutcomeEnvelope envelope) {
        if (!retry(record, envelope)) {
            for (Scheduler.Finished finished :
                    scheduler.finish(record.process(), envelope.firstId(), envelope.count(), envelope.attempt())) {
                publisher.ended(finished, record.index(), envelope, halted);
            }
        }
    }

    private boolean retry(WorkerRecord record, OutcomeEnvelope envelope) {
        if (envelope.success() || closing) {
            return false;
        }
        Optional<Duration> pause = scheduler.retry(
                record.process(),
                envelope.firstId(),
                envelope.attempt(),
                () -> ReportCodec.read(envelope.report()).typesThrownByTask());
        pause.ifPresent(wait -> events.onEvent(
                new PoolEvent.TaskRetried(record.index(), envelope.firstId(), envelope.attempt(), wait)));
        return pause.isPresent();
    }

    /** Cancellations that come together are carried out together, in one pass over the tasks. */
    void onCancelTasks(MasterCommand.CancelTasks cancel) {
        if (cancelled.isEmpty()) {
            master.tell(MasterCommand.Sweep.NOW);
        }
        cancelled.add(cancel.sink());
    }

    void onSweep(MasterCommand.Sweep now) {
        scheduler.now(clock.now());
        Scheduler.Cancellation cancellation = scheduler.cancel(cancelled);
        cancelled.clear();
        publisher.cancelled(cancellation.dropped());
        cancellation.inFlight().forEach(this::interrupt);
    }

    void onGivenBack(MasterCommand.GivenBack givenBack) {
        WorkerRecord record = supervisor.find(givenBack.process());
        if (record != null) {
            scheduler.now(clock.now());
            publisher.released(scheduler.returned(record.process(), givenBack.taskIds()), record.index());
            supervisor.onOutcomes(record);
        }
    }

    void onUndeliverable(MasterCommand.Undeliverable undeliverable) {
        scheduler.now(clock.now());
        publisher.refused(scheduler.discard(undeliverable.process(), undeliverable.taskIds()), undeliverable.error());
    }

    /** No task has caused the end of these processes. */
    void onHostGone(MasterCommand.HostGone gone) {
        gone.processes().forEach(scheduler::masterLost);
        int moved = gone.processes().stream().mapToInt(scheduler::held).sum();
        events.onEvent(gone.event().apply(moved));
    }

    void onHostNews(MasterCommand.HostNews news) {
        events.onEvent(news.event());
    }

    void onProgressed(MasterCommand.Progressed progressed) {
        WorkerRecord record = supervisor.find(progressed.process());
        scheduler.now(clock.now());
        long taskId = progressed.progress().taskId();
        if (record != null
                && scheduler.progress(
                        record.process(), taskId, progressed.progress().attempt())) {
            events.onEvent(new PoolEvent.TaskProgressed(
                    record.index(),
                    taskId,
                    progressed.progress().fraction(),
                    progressed.progress().note()));
        }
    }

    void onPause() {
        scheduler.pause().forEach(supervisor::revoke);
    }

    void onResume() {
        scheduler.resume();
    }

    void onDrain(MasterCommand.Drain drain) {
        onDrained.add(drain.done());
    }

    void onTick(MasterCommand.Tick now) {
        scheduler.now(clock.now());
        publisher.expired(scheduler.expired());
        scheduler.overdue().forEach(this::enforce);
        scheduler.revocations().forEach(supervisor::revoke);
        scheduler.requeueDelayed();
        if (scheduler.isEmpty()) {
            timers.cancel(MasterCommand.Tick.NOW);
        }
    }

    private void enforce(TimeoutAction action) {
        action.limit()
                .shown()
                .ifPresent(limit ->
                        events.onEvent(new PoolEvent.TaskTimedOut(action.task().id(), limit)));
        if (action.kill()) {
            supervisor.tell(action.process(), new SessionCommand.Kill(TaskFailures.reason(action)));
        } else {
            interrupt(action.process(), List.of(action.task().id()));
        }
    }

    private void interrupt(long process, List<Long> taskIds) {
        supervisor.tell(process, new SessionCommand.Tell(new MasterToWorker.Cancel(taskIds)));
    }

    /** Tells whether the end of the process says nothing about its slot. */
    boolean onGone(WorkerRecord record, MasterCommand.Gone gone) {
        scheduler.now(clock.now());
        CrashAttribution.End end =
                new CrashAttribution.End(record.index(), gone.exit().orElse(UNSEEN), Instant.now());
        Scheduler.Loss loss = scheduler.workerLost(record.process(), end);
        publisher.released(loss, record.index());
        return loss.isExplained();
    }

    /** From now on no task is started. */
    void close(boolean interrupt) {
        closing = true;
        halted |= interrupt;
    }

    /** Tasks that cannot run any more do not wait. */
    void afterWorkerChange() {
        if (closing) {
            publisher.closed(scheduler.removeQueued());
        } else {
            supervisor.whyNoWorkerIsLeft().ifPresent(reason -> publisher.refused(scheduler.removeQueued(), reason));
        }
    }

    /** To be called after each event that may allow a task to run, or make it unassignable. */
    void dispatch() {
        publisher.unassignable(scheduler.removeUnassignable());
        List<Lease> leases = scheduler.assign();
        for (int next = 0; next < leases.size(); ) {
            next = send(leases, next);
        }
        if (scheduler.isEmpty()) {
            publisher.drained(onDrained);
            onDrained.clear();
        } else if (!timers.isTimerActive(MasterCommand.Tick.NOW)) {
            timers.startTimerWithFixedDelay(MasterCommand.Tick.NOW, TICK);
        }
    }

    /** Sends the leases from this index on that are for one process; returns the index after them. */
    private int send(List<Lease> leases, int begin) {
        long process = leases.get(begin).process();
        WorkerRecord record = supervisor.find(process);
        List<TaskEnvelope> batch = new ArrayList<>();
        int next = begin;
        for (; next < leases.size() && leases.get(next).process() == process; next++) {
            Lease lease = leases.get(next);
            TaskBatch tasks = lease.tasks();
            if (record != null) {
                publisher.attached(tasks, record.index());
            }
            batch.add(new TaskEnvelope(tasks.firstId(), lease.attempt(), tasks.payloads()));
        }
        supervisor.tell(process, new SessionCommand.Deliver(batch));
        return next;
    }
}
