package dev.pipelinebox.internal.master;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.PoolStatus;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.internal.launch.WorkerStarter;
import dev.pipelinebox.internal.pool.WorkerCounts;
import dev.pipelinebox.internal.pool.WorkerRecord;
import dev.pipelinebox.internal.schedule.Quarantine;
import dev.pipelinebox.internal.schedule.Scheduler;
import dev.pipelinebox.internal.schedule.TaskCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The master's actor: one mailbox for the two halves of its work, {@link TaskDispatcher} and {@link WorkerSupervisor}. */
public final class MasterActor extends AbstractBehavior<MasterCommand> {

    private final Executor delivery;
    private final Scheduler table;
    private final WorkerSupervisor foreman;
    private final OutcomePublisher reporter;
    private final TaskDispatcher desk;
    private final List<CompletableFuture<Void>> onShutdown = new ArrayList<>();

    private MasterActor(
            ActorContext<MasterCommand> context,
            TimerScheduler<MasterCommand> timers,
            EngineSettings settings,
            WorkerStarter starter,
            TaskMonitor events,
            Executor delivery,
            Quarantine quarantine) {
        super(context);
        this.delivery = delivery;
        this.table = new Scheduler(settings.schedule().grace());
        this.foreman = new WorkerSupervisor(context, timers, settings, starter, events, table);
        this.reporter = new OutcomePublisher(events, delivery, quarantine);
        this.desk = new TaskDispatcher(context.getSelf(), timers, events, reporter, table, foreman);
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
            EngineSettings settings,
            WorkerStarter starter,
            TaskMonitor events,
            Executor delivery,
            Quarantine quarantine) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new MasterActor(context, timers, settings, starter, events, delivery, quarantine)));
    }

    @Override
    public Receive<MasterCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(MasterCommand.AddTasks.class, told -> after(() -> desk.onAddTasks(told)))
                .onMessage(MasterCommand.RefuseTask.class, told -> only(() -> desk.onRefuseTask(told)))
                .onMessage(MasterCommand.Finished.class, told -> after(() -> desk.onFinished(told)))
                .onMessage(MasterCommand.CancelTasks.class, told -> only(() -> desk.onCancelTasks(told)))
                .onMessage(MasterCommand.Sweep.class, told -> after(() -> desk.onSweep(told)))
                .onMessage(MasterCommand.GivenBack.class, told -> after(() -> desk.onGivenBack(told)))
                .onMessage(MasterCommand.Undeliverable.class, told -> after(() -> desk.onUndeliverable(told)))
                .onMessage(MasterCommand.Forsaken.class, told -> only(() -> foreman.onForsaken(told.process())))
                .onMessage(MasterCommand.Progressed.class, told -> only(() -> desk.onProgressed(told)))
                .onMessage(MasterCommand.Pause.class, told -> only(desk::onPause))
                .onMessage(MasterCommand.Resume.class, told -> after(desk::onResume))
                .onMessage(MasterCommand.Drain.class, told -> after(() -> desk.onDrain(told)))
                .onMessage(MasterCommand.Status.class, this::onStatus)
                .onMessage(MasterCommand.Tick.class, told -> after(() -> desk.onTick(told)))
                .onMessage(
                        MasterCommand.AddWorker.class,
                        told -> after(() -> foreman.onAddWorker(told.spec(), told.listener())))
                .onMessage(MasterCommand.Launched.class, told -> only(() -> foreman.onLaunched(told)))
                .onMessage(MasterCommand.BecameReady.class, told -> after(() -> foreman.onBecameReady(told)))
                .onMessage(MasterCommand.WornOut.class, told -> after(() -> foreman.onWornOut(told)))
                .onMessage(MasterCommand.EntryTick.class, told -> only(foreman::onEntryTick))
                .onMessage(MasterCommand.Ending.class, this::onEnding)
                .onMessage(MasterCommand.Gone.class, this::onGone)
                .onMessage(MasterCommand.Retry.class, told -> after(() -> foreman.onRested(told.index())))
                .onMessage(MasterCommand.StopWorker.class, this::onStopWorker)
                .onMessage(MasterCommand.Shutdown.class, this::onShutdown)
                .build();
    }

    private Behavior<MasterCommand> only(Runnable handler) {
        handler.run();
        return this;
    }

    private Behavior<MasterCommand> after(Runnable handler) {
        handler.run();
        return handOut();
    }

    private Behavior<MasterCommand> onStatus(MasterCommand.Status status) {
        TaskCounters tally = reporter.tally();
        WorkerCounts workers = foreman.headcount();
        int running = table.handsAtWork();
        status.reply()
                .complete(new PoolStatus(
                        tally.open() - running,
                        running,
                        tally.done(),
                        tally.failed(),
                        tally.cancelled(),
                        workers.ready(),
                        workers.starting()));
        return this;
    }

    private Behavior<MasterCommand> onEnding(MasterCommand.Ending ending) {
        table.end(ending.process());
        foreman.onEnding(ending.process());
        return handOut();
    }

    private Behavior<MasterCommand> onGone(MasterCommand.Gone gone) {
        WorkerRecord member = foreman.member(gone.process());
        if (member == null) {
            return this;
        }
        foreman.tellOfExit(member, gone);
        boolean isExplained = desk.onGone(member, gone);
        foreman.onGone(member, gone, isExplained);
        return afterDeparture();
    }

    private Behavior<MasterCommand> onStopWorker(MasterCommand.StopWorker stop) {
        foreman.onStopWorker(stop.index());
        return afterDeparture();
    }

    private Behavior<MasterCommand> onShutdown(MasterCommand.Shutdown shutdown) {
        onShutdown.add(shutdown.done());
        desk.close(shutdown.interrupt());
        foreman.close(shutdown.interrupt());
        return afterDeparture();
    }

    private Behavior<MasterCommand> afterDeparture() {
        desk.afterDeparture();
        if (!onShutdown.isEmpty() && foreman.isEmpty()) {
            onShutdown.forEach(done -> delivery.execute(() -> done.complete(null)));
            onShutdown.clear();
        }
        return handOut();
    }

    private Behavior<MasterCommand> handOut() {
        desk.handOut();
        return this;
    }
}
