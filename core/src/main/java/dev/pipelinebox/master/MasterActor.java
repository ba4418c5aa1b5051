package dev.pipelinebox.master;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.protocol.MasterToWorker;
import dev.pipelinebox.protocol.OutcomeEnvelope;
import dev.pipelinebox.protocol.PayloadCodec;
import dev.pipelinebox.protocol.TaskEnvelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** The master's actor: carries out what {@link TaskTable} and {@link Workforce} decide, and tells who listens. */
public final class MasterActor extends AbstractBehavior<MasterCommand> {

    /** How often limits are looked at, and hands that hold too much; far longer than what is in hand. */
    private static final Duration TICK = Duration.ofMillis(50);

    /** For a worker whose end the master did not see. */
    private static final WorkerExit UNSEEN =
            new WorkerExit(0, -1, WorkerExit.Cause.UNSEEN, "its end was not seen", "", "", "");

    private final TimerScheduler<MasterCommand> timers;
    private final TaskMonitor events;
    private final Executor delivery;
    private final AwakeClock clock = new AwakeClock(System::nanoTime);
    private final Reporter reporter;
    private final TaskTable table;
    private final Foreman foreman;
    private final Set<TaskSink> cancelled = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Runnable> onShutdown = new ArrayList<>();
    private boolean closing;

    private MasterActor(
            ActorContext<MasterCommand> context,
            TimerScheduler<MasterCommand> timers,
            PoolSettings settings,
            ProcessStarter starter,
            TaskMonitor events,
            Executor delivery,
            Quarantine quarantine) {
        super(context);
        this.timers = timers;
        this.events = events;
        this.delivery = delivery;
        this.reporter = new Reporter(events, delivery, quarantine);
        this.table = new TaskTable(settings.taskGrace());
        this.foreman = new Foreman(context, timers, settings, starter, events, table);
    }

    /**
     * The behaviour of a new master.
     *
     * @param settings how it treats workers and tasks
     * @param starter starts worker processes
     * @param events told of what happens; must not block
     * @param delivery what outcomes are handed out through, so that it happens after the events before it were told
     * @param quarantine takes in the tasks that are given up
     * @return the behaviour
     */
    public static Behavior<MasterCommand> create(
            PoolSettings settings,
            ProcessStarter starter,
            TaskMonitor events,
            Executor delivery,
            Quarantine quarantine) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new MasterActor(context, timers, settings, starter, events, delivery, quarantine)));
    }

    @Override
    public Receive<MasterCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(MasterCommand.AddTasks.class, this::onAddTasks)
                .onMessage(MasterCommand.RefuseTask.class, this::onRefuseTask)
                .onMessage(MasterCommand.Finished.class, this::onFinished)
                .onMessage(MasterCommand.CancelTasks.class, this::onCancelTasks)
                .onMessage(MasterCommand.Sweep.class, this::onSweep)
                .onMessage(MasterCommand.GivenBack.class, this::onGivenBack)
                .onMessage(MasterCommand.Undeliverable.class, this::onUndeliverable)
                .onMessage(MasterCommand.Progressed.class, this::onProgressed)
                .onMessage(MasterCommand.Tick.class, this::onTick)
                .onMessage(MasterCommand.AddWorker.class, this::onAddWorker)
                .onMessage(MasterCommand.Launched.class, this::onLaunched)
                .onMessage(MasterCommand.BecameReady.class, this::onBecameReady)
                .onMessage(MasterCommand.WornOut.class, this::onWornOut)
                .onMessage(MasterCommand.Ending.class, this::onEnding)
                .onMessage(MasterCommand.Gone.class, this::onGone)
                .onMessage(MasterCommand.Retry.class, this::onRetry)
                .onMessage(MasterCommand.StopWorker.class, this::onStopWorker)
                .onMessage(MasterCommand.Shutdown.class, this::onShutdown)
                .build();
    }

    private Behavior<MasterCommand> onAddTasks(MasterCommand.AddTasks add) {
        table.now(clock.now());
        Optional<PipelineBoxException> refusal = foreman.whyNobodyIsLeft();
        for (Task task : add.tasks()) {
            events.onTaskAdded(task.id());
            if (closing) {
                reporter.closed(List.of(task));
            } else if (refusal.isPresent()) {
                reporter.refused(List.of(task), refusal.get());
            } else {
                table.add(task);
            }
        }
        return handOut();
    }

    private Behavior<MasterCommand> onRefuseTask(MasterCommand.RefuseTask refuse) {
        events.onTaskAdded(refuse.task().id());
        reporter.refused(List.of(refuse.task()), refuse.error());
        return this;
    }

    private Behavior<MasterCommand> onFinished(MasterCommand.Finished finished) {
        PoolMember member = foreman.member(finished.process());
        if (member == null) {
            return this;
        }
        table.now(clock.now());
        table.demand(member.process, finished.demand());
        finished.outcomes().forEach(envelope -> onOutcome(member, envelope));
        foreman.onOutcomes(member);
        return handOut();
    }

    private void onOutcome(PoolMember member, OutcomeEnvelope envelope) {
        if (!retry(member, envelope)) {
            table.finish(member.process, envelope.taskId(), envelope.attempt())
                    .ifPresent(finished -> reporter.ended(finished, member.index, envelope));
        }
    }

    private boolean retry(PoolMember member, OutcomeEnvelope envelope) {
        byte[] report = envelope.payload();
        if (envelope.success() || report == null || closing) {
            return false;
        }
        Optional<Duration> pause = table.retry(
                member.process,
                envelope.taskId(),
                envelope.attempt(),
                () -> PayloadCodec.readReport(report).typesThrownByTask());
        pause.ifPresent(wait ->
                events.onEvent(new PoolEvent.TaskRetried(member.index, envelope.taskId(), envelope.attempt(), wait)));
        return pause.isPresent();
    }

    /** Those that come in a crowd are dealt with together, in one look through what waits. */
    private Behavior<MasterCommand> onCancelTasks(MasterCommand.CancelTasks cancel) {
        if (cancelled.isEmpty()) {
            getContext().getSelf().tell(MasterCommand.Sweep.NOW);
        }
        cancelled.add(cancel.sink());
        return this;
    }

    private Behavior<MasterCommand> onSweep(MasterCommand.Sweep now) {
        table.now(clock.now());
        TaskTable.Cancellation cancellation = table.cancel(cancelled);
        cancelled.clear();
        reporter.cancelled(cancellation.dropped());
        cancellation.inHands().forEach(this::interrupt);
        return handOut();
    }

    private Behavior<MasterCommand> onGivenBack(MasterCommand.GivenBack givenBack) {
        PoolMember member = foreman.member(givenBack.process());
        if (member != null) {
            table.now(clock.now());
            reporter.released(table.returned(member.process, givenBack.taskIds()), member.index);
            foreman.onOutcomes(member);
        }
        return handOut();
    }

    private Behavior<MasterCommand> onUndeliverable(MasterCommand.Undeliverable undeliverable) {
        table.now(clock.now());
        reporter.refused(table.discard(undeliverable.process(), undeliverable.taskIds()), undeliverable.error());
        return this;
    }

    private Behavior<MasterCommand> onProgressed(MasterCommand.Progressed progressed) {
        PoolMember member = foreman.member(progressed.process());
        table.now(clock.now());
        long taskId = progressed.progress().taskId();
        if (member != null
                && table.progress(member.process, taskId, progressed.progress().attempt())) {
            events.onEvent(new PoolEvent.TaskProgressed(
                    member.index,
                    taskId,
                    progressed.progress().fraction(),
                    progressed.progress().note()));
        }
        return this;
    }

    private Behavior<MasterCommand> onTick(MasterCommand.Tick now) {
        table.now(clock.now());
        reporter.expired(table.expired());
        table.overdue().forEach(this::enforce);
        table.revocations()
                .forEach((process, taskIds) ->
                        foreman.tell(process, new EntryCommand.Tell(new MasterToWorker.Revoke(taskIds))));
        table.wake();
        if (table.isEmpty()) {
            timers.cancel(MasterCommand.Tick.NOW);
        }
        return handOut();
    }

    private void enforce(Verdict verdict) {
        verdict.limit()
                .shown()
                .ifPresent(limit ->
                        events.onEvent(new PoolEvent.TaskTimedOut(verdict.task().id(), limit)));
        if (verdict.kill()) {
            foreman.tell(verdict.process(), new EntryCommand.Kill(TaskErrors.reason(verdict)));
        } else {
            interrupt(verdict.process(), List.of(verdict.task().id()));
        }
    }

    private void interrupt(long process, List<Long> taskIds) {
        foreman.tell(process, new EntryCommand.Tell(new MasterToWorker.Cancel(taskIds)));
    }

    private Behavior<MasterCommand> onAddWorker(MasterCommand.AddWorker add) {
        foreman.onAddWorker(add.spec(), add.slot());
        return handOut();
    }

    private Behavior<MasterCommand> onLaunched(MasterCommand.Launched launched) {
        foreman.onLaunched(launched);
        return this;
    }

    private Behavior<MasterCommand> onBecameReady(MasterCommand.BecameReady became) {
        foreman.onBecameReady(became);
        return handOut();
    }

    private Behavior<MasterCommand> onWornOut(MasterCommand.WornOut worn) {
        foreman.onWornOut(worn);
        return handOut();
    }

    private Behavior<MasterCommand> onEnding(MasterCommand.Ending ending) {
        table.end(ending.process());
        foreman.onEnding(ending.process());
        return this;
    }

    private Behavior<MasterCommand> onGone(MasterCommand.Gone gone) {
        PoolMember member = foreman.member(gone.process());
        if (member == null) {
            return this;
        }
        table.now(clock.now());
        foreman.tellOfExit(member, gone);
        boolean wasSentenced = table.isSentenced(member.process);
        Blame.End end = new Blame.End(member.index, gone.exit().orElse(UNSEEN), Instant.now());
        reporter.released(table.workerLost(member.process, end), member.index);
        foreman.onGone(member, gone, wasSentenced);
        return afterDeparture();
    }

    private Behavior<MasterCommand> onRetry(MasterCommand.Retry retry) {
        foreman.onRested(retry.index());
        return handOut();
    }

    private Behavior<MasterCommand> onStopWorker(MasterCommand.StopWorker stop) {
        foreman.onStopWorker(stop.index());
        return afterDeparture();
    }

    private Behavior<MasterCommand> onShutdown(MasterCommand.Shutdown shutdown) {
        onShutdown.add(shutdown.done());
        closing = true;
        foreman.close(shutdown.interrupt());
        return afterDeparture();
    }

    /** What cannot be run any more does not wait. */
    private Behavior<MasterCommand> afterDeparture() {
        if (closing) {
            reporter.closed(table.drainQueue());
        } else {
            foreman.whyNobodyIsLeft().ifPresent(reason -> reporter.refused(table.drainQueue(), reason));
        }
        if (closing && foreman.isEmpty()) {
            onShutdown.forEach(delivery::execute);
            onShutdown.clear();
        }
        return handOut();
    }

    private Behavior<MasterCommand> handOut() {
        List<TaskTable.Assignment> assignments = table.assign();
        Map<Long, List<TaskEnvelope>> batches = new LinkedHashMap<>();
        for (TaskTable.Assignment assignment : assignments) {
            Task task = assignment.task();
            PoolMember member = foreman.member(assignment.process());
            if (member != null) {
                events.onTaskAttachedToWorker(member.index, task.id());
            }
            batches.computeIfAbsent(assignment.process(), process -> new ArrayList<>())
                    .add(new TaskEnvelope(task.id(), assignment.attempt(), task.payload()));
        }
        batches.forEach((process, batch) -> foreman.tell(process, new EntryCommand.Deliver(batch)));
        if (!table.isEmpty() && !timers.isTimerActive(MasterCommand.Tick.NOW)) {
            timers.startTimerWithFixedDelay(MasterCommand.Tick.NOW, TICK);
        }
        return this;
    }
}
