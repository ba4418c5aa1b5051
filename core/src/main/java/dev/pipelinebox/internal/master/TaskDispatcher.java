package dev.pipelinebox.internal.master;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.os.SuspendAwareClock;
import dev.pipelinebox.internal.pool.WorkerRecord;
import dev.pipelinebox.internal.schedule.CrashAttribution;
import dev.pipelinebox.internal.schedule.Scheduler;
import dev.pipelinebox.internal.schedule.TaskFailures;
import dev.pipelinebox.internal.schedule.TimeoutAction;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Task;
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
 * The master's actor's hand for tasks: tells {@link Scheduler} what happens to them, and carries out what it decides:
 * hands them out, interrupts, kills, and reports what becomes of them.
 */
final class TaskDispatcher {

    /** How often limits are looked at, and hands that hold too much; far longer than what is in hand. */
    private static final Duration TICK = Duration.ofMillis(50);

    /** Between two looks; whoever took longer was not at work. */
    private static final Duration LONGEST_STEP = Duration.ofMillis(200);

    /** For a worker whose end the master did not see. */
    private static final WorkerExit UNSEEN =
            new WorkerExit(0, -1, WorkerExit.Cause.UNSEEN, "its end was not seen", "", "", "");

    private final ActorRef<MasterCommand> master;
    private final TimerScheduler<MasterCommand> timers;
    private final TaskMonitor events;
    private final OutcomePublisher reporter;
    private final Scheduler table;
    private final WorkerSupervisor foreman;
    private final SuspendAwareClock clock = new SuspendAwareClock(LONGEST_STEP, System::nanoTime);
    private final Set<OutcomeSink> cancelled = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Who wants to know when there is no task any more. */
    private final List<CompletableFuture<Void>> onDrained = new ArrayList<>();

    private boolean closing;
    private boolean halted;

    TaskDispatcher(
            ActorRef<MasterCommand> master,
            TimerScheduler<MasterCommand> timers,
            TaskMonitor events,
            OutcomePublisher reporter,
            Scheduler table,
            WorkerSupervisor foreman) {
        this.master = master;
        this.timers = timers;
        this.events = events;
        this.reporter = reporter;
        this.table = table;
        this.foreman = foreman;
    }

    void onAddTasks(MasterCommand.AddTasks add) {
        table.now(clock.now());
        Optional<PipelineBoxException> refusal = foreman.whyNobodyIsLeft();
        add.tasks().forEach(reporter::added);
        if (closing) {
            reporter.closed(add.tasks());
        } else if (refusal.isPresent()) {
            reporter.refused(add.tasks(), refusal.get());
        } else {
            add.tasks().forEach(table::add);
        }
    }

    void onRefuseTask(MasterCommand.RefuseTask refuse) {
        reporter.added(refuse.task());
        reporter.refused(List.of(refuse.task()), refuse.error());
    }

    void onFinished(MasterCommand.Finished finished) {
        WorkerRecord member = foreman.member(finished.process());
        if (member == null) {
            return;
        }
        table.now(clock.now());
        table.demand(member.process(), finished.demand());
        for (OutcomeEnvelope envelope : finished.outcomes()) {
            onOutcome(member, envelope);
        }
        reporter.handOver();
        foreman.onOutcomes(member);
    }

    private void onOutcome(WorkerRecord member, OutcomeEnvelope envelope) {
        if (!retry(member, envelope)) {
            table.finish(member.process(), envelope.taskId(), envelope.attempt())
                    .ifPresent(finished -> reporter.ended(finished, member.index(), envelope, halted));
        }
    }

    private boolean retry(WorkerRecord member, OutcomeEnvelope envelope) {
        byte[] report = envelope.payload();
        if (envelope.success() || report == null || closing) {
            return false;
        }
        Optional<Duration> pause = table.retry(
                member.process(),
                envelope.taskId(),
                envelope.attempt(),
                () -> PayloadCodec.readReport(report).typesThrownByTask());
        pause.ifPresent(wait ->
                events.onEvent(new PoolEvent.TaskRetried(member.index(), envelope.taskId(), envelope.attempt(), wait)));
        return pause.isPresent();
    }

    /** Those that come in a crowd are dealt with together, in one look through what waits. */
    void onCancelTasks(MasterCommand.CancelTasks cancel) {
        if (cancelled.isEmpty()) {
            master.tell(MasterCommand.Sweep.NOW);
        }
        cancelled.add(cancel.sink());
    }

    void onSweep(MasterCommand.Sweep now) {
        table.now(clock.now());
        Scheduler.Cancellation cancellation = table.cancel(cancelled);
        cancelled.clear();
        reporter.cancelled(cancellation.dropped());
        cancellation.inHands().forEach(this::interrupt);
    }

    void onGivenBack(MasterCommand.GivenBack givenBack) {
        WorkerRecord member = foreman.member(givenBack.process());
        if (member != null) {
            table.now(clock.now());
            reporter.released(table.returned(member.process(), givenBack.taskIds()), member.index());
            foreman.onOutcomes(member);
        }
    }

    void onUndeliverable(MasterCommand.Undeliverable undeliverable) {
        table.now(clock.now());
        reporter.refused(table.discard(undeliverable.process(), undeliverable.taskIds()), undeliverable.error());
    }

    void onProgressed(MasterCommand.Progressed progressed) {
        WorkerRecord member = foreman.member(progressed.process());
        table.now(clock.now());
        long taskId = progressed.progress().taskId();
        if (member != null
                && table.progress(
                        member.process(), taskId, progressed.progress().attempt())) {
            events.onEvent(new PoolEvent.TaskProgressed(
                    member.index(),
                    taskId,
                    progressed.progress().fraction(),
                    progressed.progress().note()));
        }
    }

    void onPause() {
        table.pause().forEach(foreman::revoke);
    }

    void onResume() {
        table.resume();
    }

    void onDrain(MasterCommand.Drain drain) {
        onDrained.add(drain.done());
    }

    void onTick(MasterCommand.Tick now) {
        table.now(clock.now());
        reporter.expired(table.expired());
        table.overdue().forEach(this::enforce);
        table.revocations().forEach(foreman::revoke);
        table.wake();
        if (table.isEmpty()) {
            timers.cancel(MasterCommand.Tick.NOW);
        }
    }

    private void enforce(TimeoutAction verdict) {
        verdict.limit()
                .shown()
                .ifPresent(limit ->
                        events.onEvent(new PoolEvent.TaskTimedOut(verdict.task().id(), limit)));
        if (verdict.kill()) {
            foreman.tell(verdict.process(), new SessionCommand.Kill(TaskFailures.reason(verdict)));
        } else {
            interrupt(verdict.process(), List.of(verdict.task().id()));
        }
    }

    private void interrupt(long process, List<Long> taskIds) {
        foreman.tell(process, new SessionCommand.Tell(new MasterToWorker.Cancel(taskIds)));
    }

    /** Tells whether the end of the process says nothing about its place. */
    boolean onGone(WorkerRecord member, MasterCommand.Gone gone) {
        table.now(clock.now());
        CrashAttribution.End end =
                new CrashAttribution.End(member.index(), gone.exit().orElse(UNSEEN), Instant.now());
        Scheduler.Loss loss = table.workerLost(member.process(), end);
        reporter.released(loss, member.index());
        return loss.isExplained();
    }

    /** From now on nothing is run any more that does not run now. */
    void close(boolean interrupt) {
        closing = true;
        halted |= interrupt;
    }

    /** What cannot be run any more does not wait. */
    void afterDeparture() {
        if (closing) {
            reporter.closed(table.drainQueue());
        } else {
            foreman.whyNobodyIsLeft().ifPresent(reason -> reporter.refused(table.drainQueue(), reason));
        }
    }

    /** To be asked after everything that may have brought tasks and workers together, or parted them for good. */
    void handOut() {
        reporter.stranded(table.stranded());
        List<Scheduler.Assignment> assignments = table.assign();
        for (int next = 0; next < assignments.size(); ) {
            next = handOut(assignments, next);
        }
        if (table.isEmpty()) {
            reporter.drained(onDrained);
            onDrained.clear();
        } else if (!timers.isTimerActive(MasterCommand.Tick.NOW)) {
            timers.startTimerWithFixedDelay(MasterCommand.Tick.NOW, TICK);
        }
    }

    /** Hands out those that follow one upon the other for the same worker; returns where the next worker's begin. */
    private int handOut(List<Scheduler.Assignment> assignments, int begin) {
        long process = assignments.get(begin).process();
        WorkerRecord member = foreman.member(process);
        List<TaskEnvelope> batch = new ArrayList<>();
        int next = begin;
        for (; next < assignments.size() && assignments.get(next).process() == process; next++) {
            Task task = assignments.get(next).task();
            if (member != null) {
                events.onTaskAttachedToWorker(member.index(), task.id());
            }
            batch.add(new TaskEnvelope(task.id(), assignments.get(next).attempt(), task.payload()));
        }
        foreman.tell(process, new SessionCommand.Deliver(batch));
        return next;
    }
}
