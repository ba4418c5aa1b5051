package dev.pipelinebox.internal.worker;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.cluster.ClusterLeave;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.artery.ArteryWorkerLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.os.ThreadDump;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Speaks with the master for the {@link TaskRunner}: gives it tasks, sends back outcomes with the demand for more. */
public final class WorkerActor extends AbstractBehavior<WorkerActor.Command> {

    /** How often the link is looked after, and outcomes are sent that found no other occasion. */
    private static final Duration TICK = Duration.ofMillis(50);

    /** The same while there is nothing to do, so that an idle process does next to nothing. */
    private static final Duration IDLE_TICK = Duration.ofSeconds(1);

    private static final String MASTER_WATCH = "master-watch";

    sealed interface Command {}

    private record Arrived(LinkEvent event) implements Command {}

    private record WorkerBuilt(Optional<FailureReport> problem) implements Command {}

    private record ThreadsDumped(String text) implements Command {}

    private enum Signal implements Command {
        OUTCOMES_WAITING,
        WORKER_CLOSED,
        TICKED
    }

    private final Bootstrap bootstrap;
    private final TaskRunner runner;
    private final WorkerEnvironment environment;
    private final ArteryWorkerLink link;
    private final TimerScheduler<Command> timers;

    /** Failures of tasks whose arguments cannot be had, until their batch has been taken in. */
    private final List<OutcomeEnvelope> unreadable = new ArrayList<>();

    private boolean idle;
    private boolean joined;
    private boolean lastMessageSent;
    private boolean departing;

    private WorkerActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Bootstrap bootstrap,
            TaskRunner runner,
            WorkerEnvironment environment) {
        super(context);
        this.bootstrap = bootstrap;
        this.runner = runner;
        this.environment = environment;
        this.link = new ArteryWorkerLink(
                context,
                Arrived::new,
                bootstrap.settings().argumentRing(bootstrap.process()),
                bootstrap.settings().resultRing(bootstrap.process()),
                new LinkEvents());
        this.timers = timers;
        timers.startSingleTimer(Signal.TICKED, TICK);
        ActorRef<Command> self = context.getSelf();
        runner.onOutcomes(() -> self.tell(Signal.OUTCOMES_WAITING));
        context.pipeToSelf(runner.built(), (problem, impossible) -> new WorkerBuilt(problem));
    }

    public static Behavior<Command> create(Bootstrap bootstrap, TaskRunner runner, WorkerEnvironment environment) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            WorkerActor actor = new WorkerActor(context, timers, bootstrap, runner, environment);
            if (!actor.isClusterShared()) {
                actor.join();
            }
            actor.link.connect(bootstrap.masterRef(), bootstrap.token().text());
            return actor;
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Arrived.class, this::onArrived)
                .onMessage(WorkerBuilt.class, this::onWorkerBuilt)
                .onMessage(ThreadsDumped.class, this::onThreadsDumped)
                .onMessage(Signal.class, this::onSignal)
                .build();
    }

    private boolean isClusterShared() {
        return bootstrap.settings().process().cluster().shared();
    }

    /** A shared cluster learns of a worker only when it is of use, so that failing starts do not disturb it. */
    private void join() {
        joined = true;
        Address master = ActorRefResolver.get(getContext().getSystem())
                .resolveActorRef(bootstrap.masterRef())
                .path()
                .address();
        getContext().spawn(MasterWatch.create(master, environment), MASTER_WATCH);
        Cluster.get(getContext().getSystem()).manager().tell(Join.create(master));
    }

    private Behavior<Command> onWorkerBuilt(WorkerBuilt built) {
        if (built.problem().isPresent()) {
            byte[] report = PayloadCodec.writeReport(built.problem().get());
            sendLastMessage(new WorkerToMaster.InitFailed(report));
        } else {
            getContext().pipeToSelf(runner.closed(), (done, impossible) -> Signal.WORKER_CLOSED);
            link.send(new WorkerToMaster.Ready(runner.outcomes().take().demand()));
            if (!joined) {
                join();
            }
        }
        return goOn();
    }

    private Behavior<Command> onThreadsDumped(ThreadsDumped dumped) {
        link.send(new WorkerToMaster.ThreadDump(dumped.text()));
        return goOn();
    }

    private Behavior<Command> onSignal(Signal signal) {
        switch (signal) {
            case OUTCOMES_WAITING -> sendOutcomes(List.of());
            case WORKER_CLOSED -> {
                sendOutcomes(List.of());
                sendLastMessage(new WorkerToMaster.Stopped());
            }
            case TICKED -> onTick();
        }
        return goOn();
    }

    private void onTick() {
        sendOutcomes(List.of());
        sendProgress();
        runner.recycling()
                .reason(System.nanoTime())
                .ifPresent(reason -> link.send(new WorkerToMaster.RecyclingDue(reason)));
        link.onTick();
        idle = link.isQuiet() && runner.queue().running() == null;
        timers.startSingleTimer(Signal.TICKED, idle ? IDLE_TICK : TICK);
    }

    private Behavior<Command> onArrived(Arrived arrived) {
        link.receive(arrived.event());
        if (lastMessageSent && link.isIdle()) {
            depart();
        }
        if (idle) {
            idle = false;
            timers.startSingleTimer(Signal.TICKED, TICK);
        }
        return goOn();
    }

    private void depart() {
        if (departing) {
            return;
        }
        departing = true;
        if (isClusterShared() && joined) {
            getContext().getChild(MASTER_WATCH).ifPresent(getContext()::stop);
            ClusterLeave.from(getContext().getSystem()).thenRun(environment::onStopped);
        } else {
            environment.onStopped();
        }
    }

    /** Receives what has arrived by the link. */
    private final class LinkEvents implements ArteryWorkerLink.Listener {

        @Override
        public void onMessage(MasterToWorker message) {
            WorkerActor.this.onMessage(message);
        }

        /** A task whose argument cannot be had has failed, and is not run. */
        @Override
        public Optional<TaskEnvelope> onUnreadable(TaskEnvelope task, PayloadException why) {
            byte[] report = PayloadCodec.writeReport(FailureReport.of(FailureReport.Kind.ARGUMENT, why));
            unreadable.add(OutcomeEnvelope.failure(task.taskId(), task.attempt(), report));
            return Optional.empty();
        }

        @Override
        public WorkerToMaster replaceUndeliverable(WorkerToMaster message, String explanation) {
            return OversizedReplacement.of(message, explanation);
        }
    }

    private void onMessage(MasterToWorker message) {
        if (message instanceof MasterToWorker.Tasks tasks) {
            onTasks(tasks.batch());
        } else if (message instanceof MasterToWorker.Revoke revoke) {
            link.send(new WorkerToMaster.GivenBack(runner.queue().revoke(revoke.taskIds())));
        } else if (message instanceof MasterToWorker.Cancel cancel) {
            sendOutcomes(runner.queue().cancel(cancel.taskIds()));
        } else if (message instanceof MasterToWorker.Stop stop) {
            link.send(new WorkerToMaster.GivenBack(runner.queue().stop(stop.interrupt())));
        } else if (message instanceof MasterToWorker.TakeSlot slot) {
            runner.queue().takeSlot(slot.index());
        } else if (message instanceof MasterToWorker.DumpThreads) {
            dumpThreads();
        }
    }

    private void onTasks(List<TaskEnvelope> tasks) {
        runner.queue().add(tasks);
        if (!unreadable.isEmpty()) {
            sendOutcomes(unreadable);
            unreadable.clear();
        }
    }

    /** Sends the outcomes that wait, and these of tasks that were never started. */
    private void sendOutcomes(List<OutcomeEnvelope> unstarted) {
        OutcomeBuffer.Batch batch = runner.outcomes().take();
        List<OutcomeEnvelope> outcomes = batch.outcomes();
        outcomes.addAll(unstarted);
        link.send(new WorkerToMaster.Done(outcomes, batch.demand()));
    }

    private void sendProgress() {
        RunningTask running = runner.queue().running();
        WorkerToMaster.Progressed progressed = running == null ? null : running.takeProgress();
        if (progressed != null) {
            link.send(progressed);
        }
    }

    /** Off the actor's thread, since it may take long. */
    private void dumpThreads() {
        ActorRef<Command> self = getContext().getSelf();
        Thread dumping = new Thread(
                () -> self.tell(new ThreadsDumped(ThreadDump.take(TaskRunner.THREAD))), "pipelinebox-thread-dump");
        dumping.setDaemon(true);
        dumping.start();
    }

    private void sendLastMessage(WorkerToMaster message) {
        link.send(message);
        lastMessageSent = true;
    }

    /** The runner makes no more results while too many bytes wait for the link. */
    private Behavior<Command> goOn() {
        runner.outcomes().onUnsent(link.waitingBytes());
        return this;
    }
}
