package dev.pipelinebox.internal.master;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.PoolStatus;
import dev.pipelinebox.internal.event.TaskEvents;
import dev.pipelinebox.internal.pool.WorkerCounts;
import dev.pipelinebox.internal.pool.WorkerRecord;
import dev.pipelinebox.internal.schedule.Quarantine;
import dev.pipelinebox.internal.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The master's actor: one mailbox for the two halves of its work, {@link TaskDispatcher} and {@link WorkerSupervisor}. */
public final class MasterActor extends AbstractBehavior<MasterCommand> {

    private final Executor delivery;
    private final Scheduler scheduler;
    private final WorkerSupervisor supervisor;
    private final OutcomePublisher publisher;
    private final TaskDispatcher dispatcher;
    private final List<CompletableFuture<Void>> onShutdown = new ArrayList<>();

    private MasterActor(
            ActorContext<MasterCommand> context,
            TimerScheduler<MasterCommand> timers,
            EngineSettings settings,
            ProcessFactory processes,
            TaskEvents events,
            Executor delivery,
            Quarantine quarantine) {
        super(context);
        this.delivery = delivery;
        this.scheduler = new Scheduler(settings.schedule().grace());
        this.supervisor = new WorkerSupervisor(context, timers, settings, processes, events, scheduler);
        this.publisher = new OutcomePublisher(events, delivery, quarantine);
        this.dispatcher = new TaskDispatcher(context.getSelf(), timers, events, publisher, scheduler, supervisor);
    }

    /**
     * The behaviour of a new master.
     *
     * @param settings how it treats workers and tasks
     * @param processes starts worker processes and opens links to them
     * @param events is called with each event; must not block
     * @param delivery where outcomes are delivered, after the events before them
     * @param quarantine receives the tasks that are given up
     * @return the behaviour
     */
    public static Behavior<MasterCommand> create(
            EngineSettings settings,
            ProcessFactory processes,
            TaskEvents events,
            Executor delivery,
            Quarantine quarantine) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new MasterActor(context, timers, settings, processes, events, delivery, quarantine)));
    }

    @Override
    public Receive<MasterCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(MasterCommand.AddTasks.class, command -> after(() -> dispatcher.onAddTasks(command)))
                .onMessage(MasterCommand.RefuseTask.class, command -> only(() -> dispatcher.onRefuseTask(command)))
                .onMessage(MasterCommand.Finished.class, command -> after(() -> dispatcher.onFinished(command)))
                .onMessage(MasterCommand.CancelTasks.class, command -> only(() -> dispatcher.onCancelTasks(command)))
                .onMessage(MasterCommand.Sweep.class, command -> after(() -> dispatcher.onSweep(command)))
                .onMessage(MasterCommand.GivenBack.class, command -> after(() -> dispatcher.onGivenBack(command)))
                .onMessage(
                        MasterCommand.Undeliverable.class, command -> after(() -> dispatcher.onUndeliverable(command)))
                .onMessage(
                        MasterCommand.MasterLost.class,
                        command -> only(() -> supervisor.onMasterLost(command.process())))
                .onMessage(MasterCommand.HostGone.class, command -> only(() -> dispatcher.onHostGone(command)))
                .onMessage(MasterCommand.Retire.class, command -> after(() -> supervisor.onRetire(command.process())))
                .onMessage(MasterCommand.HostNews.class, command -> only(() -> dispatcher.onHostNews(command)))
                .onMessage(MasterCommand.Progressed.class, command -> only(() -> dispatcher.onProgressed(command)))
                .onMessage(MasterCommand.Pause.class, command -> only(dispatcher::onPause))
                .onMessage(MasterCommand.Resume.class, command -> after(dispatcher::onResume))
                .onMessage(MasterCommand.Drain.class, command -> after(() -> dispatcher.onDrain(command)))
                .onMessage(MasterCommand.Status.class, this::onStatus)
                .onMessage(MasterCommand.Tick.class, command -> after(() -> dispatcher.onTick(command)))
                .onMessage(
                        MasterCommand.AddWorker.class,
                        command -> after(() -> supervisor.onAddWorker(command.spec(), command.listener())))
                .onMessage(MasterCommand.Launched.class, command -> only(() -> supervisor.onLaunched(command)))
                .onMessage(MasterCommand.BecameReady.class, command -> after(() -> supervisor.onBecameReady(command)))
                .onMessage(MasterCommand.RecyclingDue.class, command -> after(() -> supervisor.onRecyclingDue(command)))
                .onMessage(MasterCommand.SessionTick.class, command -> only(supervisor::onSessionTick))
                .onMessage(MasterCommand.Ending.class, this::onEnding)
                .onMessage(MasterCommand.Gone.class, this::onGone)
                .onMessage(
                        MasterCommand.BackoffOver.class,
                        command -> after(() -> supervisor.onBackoffOver(command.index())))
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
        return dispatch();
    }

    private Behavior<MasterCommand> onStatus(MasterCommand.Status status) {
        TaskCounters counters = publisher.counters();
        WorkerCounts workers = supervisor.counts();
        int running = scheduler.busyWorkers();
        status.reply()
                .complete(new PoolStatus(
                        counters.open() - running,
                        running,
                        counters.done(),
                        counters.failed(),
                        counters.cancelled(),
                        workers.ready(),
                        workers.starting()));
        return this;
    }

    private Behavior<MasterCommand> onEnding(MasterCommand.Ending ending) {
        scheduler.ending(ending.process());
        supervisor.onEnding(ending.process());
        return dispatch();
    }

    private Behavior<MasterCommand> onGone(MasterCommand.Gone gone) {
        WorkerRecord record = supervisor.find(gone.process());
        if (record == null) {
            return this;
        }
        supervisor.onExited(record, gone);
        boolean isExplained = dispatcher.onGone(record, gone);
        supervisor.onGone(record, gone, isExplained);
        return afterWorkerChange();
    }

    private Behavior<MasterCommand> onStopWorker(MasterCommand.StopWorker stop) {
        supervisor.onStopWorker(stop.index());
        return afterWorkerChange();
    }

    private Behavior<MasterCommand> onShutdown(MasterCommand.Shutdown shutdown) {
        onShutdown.add(shutdown.done());
        dispatcher.close(shutdown.interrupt());
        supervisor.close(shutdown.interrupt());
        return afterWorkerChange();
    }

    private Behavior<MasterCommand> afterWorkerChange() {
        dispatcher.afterWorkerChange();
        if (!onShutdown.isEmpty() && supervisor.isEmpty()) {
            onShutdown.forEach(done -> delivery.execute(() -> done.complete(null)));
            onShutdown.clear();
        }
        return dispatch();
    }

    private Behavior<MasterCommand> dispatch() {
        dispatcher.dispatch();
        return this;
    }
}
