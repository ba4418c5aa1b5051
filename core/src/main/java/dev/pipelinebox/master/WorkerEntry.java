package dev.pipelinebox.master;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent;
import akka.cluster.Member;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Subscribe;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.protocol.Bootstrap;
import dev.pipelinebox.protocol.FailureReport;
import dev.pipelinebox.protocol.FromWorker;
import dev.pipelinebox.protocol.MasterToWorker;
import dev.pipelinebox.protocol.OutcomeEnvelope;
import dev.pipelinebox.protocol.TaskEnvelope;
import dev.pipelinebox.protocol.WorkerProcess;
import dev.pipelinebox.protocol.WorkerToMaster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The master's entry for one worker process: it starts the process, holds its end of the link, and sees it to its end.
 * It never restarts anything: a replacement has an entry of its own, so nothing of the dead is taken for the living.
 */
final class WorkerEntry extends AbstractBehavior<WorkerEntry.Command> {

    private static final Duration TICK = Duration.ofMillis(200);

    /** How long, after a process has ended, what it sent before may still be on its way through the socket. */
    private static final Duration LAST_FRAMES = Duration.ofMillis(50);

    sealed interface Command {}

    /** Tasks for the worker. */
    record Deliver(List<TaskEnvelope> tasks) implements Command {}

    /** Something short for the worker. */
    record Tell(MasterToWorker message) implements Command {}

    /** Ends the worker: it is asked, and after the grace the process is killed. */
    record End(boolean interrupt) implements Command {}

    private record Launched(
            @Nullable WorkerProcess process, @Nullable Throwable problem) implements Command {}

    private record Exited(WorkerExit exit) implements Command {}

    private record Arrived(FromWorker frame) implements Command {}

    private record MemberLost(Member member) implements Command {}

    private enum Timer implements Command {
        TICK,
        INIT_TIMEOUT,
        GRACE_OVER,
        LAST_FRAMES_OVER
    }

    private final TimerScheduler<Command> timers;
    private final ActorRef<MasterCommand> master;
    private final WorkerSpec spec;
    private final long number;
    private final PoolSettings settings;
    private final WorkerConnection connection = new WorkerConnection();
    private final long startedAt = System.nanoTime();
    private @Nullable WorkerProcess process;
    private @Nullable FailureReport initFailure;
    private @Nullable WorkerExit exit;
    private CompletionStage<WorkerProcess> launching =
            CompletableFuture.failedStage(new IllegalStateException("not yet"));
    private String killReason = "";
    private boolean ready;
    private boolean ending;

    private WorkerEntry(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ActorRef<MasterCommand> master,
            WorkerSpec spec,
            long number,
            PoolSettings settings) {
        super(context);
        this.timers = timers;
        this.master = master;
        this.spec = spec;
        this.number = number;
        this.settings = settings;
    }

    static Behavior<Command> create(
            ActorRef<MasterCommand> master,
            WorkerSpec spec,
            long number,
            PoolSettings settings,
            ProcessStarter starter) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            WorkerEntry entry = new WorkerEntry(context, timers, master, spec, number, settings);
            entry.launch(starter);
            return entry;
        }));
    }

    private void launch(ProcessStarter starter) {
        ActorRef<FromWorker> self = getContext().messageAdapter(FromWorker.class, Arrived::new);
        Bootstrap bootstrap = new Bootstrap(
                spec.index(),
                number,
                connection.token().text(),
                ActorRefResolver.get(getContext().getSystem()).toSerializationFormat(self),
                ProcessHandle.current().pid(),
                spec.workerClass(),
                spec.encodedParameters(),
                settings.forWorkers());
        timers.startTimerWithFixedDelay(Timer.TICK, TICK);
        timers.startSingleTimer(Timer.INIT_TIMEOUT, settings.initTimeout());
        ActorRef<ClusterEvent.MemberDowned> lost =
                getContext().messageAdapter(ClusterEvent.MemberDowned.class, downed -> new MemberLost(downed.member()));
        Cluster.get(getContext().getSystem())
                .subscriptions()
                .tell(Subscribe.create(lost, ClusterEvent.MemberDowned.class));
        launching = starter.start(bootstrap, spec.options());
        getContext().pipeToSelf(launching, Launched::new);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Deliver.class, this::onDeliver)
                .onMessage(Tell.class, this::onTell)
                .onMessage(Arrived.class, arrived -> onFrame(arrived.frame()))
                .onMessage(MemberLost.class, this::onMemberLost)
                .onMessage(End.class, this::onEnd)
                .onMessage(Launched.class, this::onLaunched)
                .onMessage(Exited.class, this::onExited)
                .onMessage(Timer.class, this::onTimer)
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<Command> onDeliver(Deliver deliver) {
        connection.tellTasks(deliver.tasks());
        return this;
    }

    private Behavior<Command> onTell(Tell tell) {
        connection.tell(tell.message());
        return this;
    }

    private Behavior<Command> onFrame(FromWorker frame) {
        if (connection.accepts(frame)) {
            connection.receive(frame).ifPresent(this::onMessage);
            connection.send();
        } else {
            getContext().getLog().warn("Worker {}: a message without its token was dropped", spec.index());
        }
        return this;
    }

    private void onMessage(WorkerToMaster message) {
        if (message instanceof WorkerToMaster.Done done) {
            List<OutcomeEnvelope> whole = connection.complete(done.outcomes());
            master.tell(new MasterCommand.Finished(number, whole, done.demand()));
        } else if (message instanceof WorkerToMaster.ResultPart part) {
            connection.keep(part);
        } else if (message instanceof WorkerToMaster.Returned returned) {
            master.tell(new MasterCommand.GivenBack(number, returned.taskIds()));
        } else if (message instanceof WorkerToMaster.Ready first) {
            ready = true;
            timers.cancel(Timer.INIT_TIMEOUT);
            if (!ending) {
                Duration startup = Duration.ofNanos(System.nanoTime() - startedAt);
                master.tell(new MasterCommand.BecameReady(number, first.pid(), first.demand(), startup));
            }
        } else if (message instanceof WorkerToMaster.InitFailed failed) {
            initFailure = failed.report();
            connection.acknowledgeNow();
            limitItsEnd();
        } else if (message instanceof WorkerToMaster.Stopped) {
            connection.acknowledgeNow();
            master.tell(new MasterCommand.Ending(number));
            limitItsEnd();
        }
    }

    private Behavior<Command> onEnd(End end) {
        ending = true;
        if (!ready) {
            kill("it was stopped before it was ready");
        } else {
            connection.tell(new MasterToWorker.Stop(end.interrupt()));
            limitItsEnd();
        }
        return this;
    }

    private void limitItsEnd() {
        if (!timers.isTimerActive(Timer.GRACE_OVER)) {
            timers.startSingleTimer(Timer.GRACE_OVER, settings.grace());
        }
    }

    private Behavior<Command> onLaunched(Launched launched) {
        process = launched.process();
        if (process == null) {
            Throwable problem = launched.problem();
            Throwable cause = problem != null && problem.getCause() != null ? problem.getCause() : problem;
            return gone(Optional.of(
                    cause instanceof WorkerStartException known
                            ? known
                            : new WorkerStartException(
                                    "The process of worker " + spec.index() + " could not be launched: " + cause)));
        }
        master.tell(new MasterCommand.Launched(number, process.pid()));
        getContext().pipeToSelf(process.onExit(), (ended, impossible) -> new Exited(ended));
        if (!killReason.isEmpty()) {
            process.kill(killReason);
        }
        return this;
    }

    /** A process that the cluster gave up, since it was frozen for too long, holds its tasks no longer. */
    private Behavior<Command> onMemberLost(MemberLost lost) {
        if (exit == null && lost.member().hasRole(Bootstrap.role(number))) {
            kill("the cluster lost contact with it");
        }
        return this;
    }

    private Behavior<Command> onExited(Exited exited) {
        exit = exited.exit();
        master.tell(new MasterCommand.Ending(number));
        timers.startSingleTimer(Timer.LAST_FRAMES_OVER, LAST_FRAMES);
        return this;
    }

    private Behavior<Command> onTimer(Timer timer) {
        switch (timer) {
            case TICK -> connection.onTick();
            case INIT_TIMEOUT ->
                kill("it was not ready within " + settings.initTimeout() + " (pipelinebox.worker.init-timeout)");
            case GRACE_OVER -> kill("it did not stop within " + settings.grace() + " (pipelinebox.shutdown.grace)");
            case LAST_FRAMES_OVER -> {
                return gone(ready ? Optional.empty() : Optional.of(startFailure()));
            }
        }
        return this;
    }

    private Behavior<Command> gone(Optional<WorkerStartException> startFailure) {
        downMember();
        master.tell(new MasterCommand.Gone(number, Optional.ofNullable(exit), startFailure));
        return Behaviors.stopped();
    }

    private WorkerStartException startFailure() {
        String what = "Worker " + spec.index() + " (" + spec.workerClass() + ") could not be started: ";
        if (initFailure != null) {
            return new WorkerStartException(
                    what + "its constructor threw " + initFailure.summary(), initFailure.toThrowable());
        }
        return new WorkerStartException(what + exit);
    }

    /** A dead member that is not Down keeps new ones from joining. */
    private void downMember() {
        Cluster cluster = Cluster.get(getContext().getSystem());
        String role = Bootstrap.role(number);
        StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .filter(member -> member.hasRole(role))
                .forEach(member -> cluster.manager().tell(new Down(member.address())));
    }

    private void kill(String reason) {
        killReason = reason;
        if (process != null) {
            process.kill(reason);
        }
    }

    private Behavior<Command> onPostStop() {
        if (exit == null) {
            launching.thenAccept(launched -> launched.kill("the master's actor system was terminated"));
        }
        return this;
    }
}
