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
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.protocol.Bootstrap;
import dev.pipelinebox.protocol.FailureReport;
import dev.pipelinebox.protocol.FromWorker;
import dev.pipelinebox.protocol.MasterToWorker;
import dev.pipelinebox.protocol.OutcomeEnvelope;
import dev.pipelinebox.protocol.OversizedFrame;
import dev.pipelinebox.protocol.WorkerProcess;
import dev.pipelinebox.protocol.WorkerToMaster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The master's entry for one worker process: it starts the process, holds its end of the link, and sees it to its end.
 * It never restarts anything: a replacement has an entry of its own, so nothing of the dead is taken for the living.
 */
final class WorkerEntry extends AbstractBehavior<EntryCommand> {

    private static final Duration TICK = Duration.ofMillis(200);

    /** How long, after a process has ended, what it sent before may still be on its way through the socket; */
    static final Duration LAST_FRAMES = Duration.ofMillis(25);

    /** and how often that is waited for, one after the other: a pause of this process uses up one of them at most. */
    private static final int LAST_WAITS = 2;

    private final TimerScheduler<EntryCommand> timers;
    private final Countdowns countdowns = new Countdowns(TICK);
    private final ActorRef<MasterCommand> master;
    private final WorkerSpec spec;
    private final long number;
    private final PoolSettings settings;
    private final WorkerConnection connection;
    private final long startedAt = System.nanoTime();
    private final HeldProcess process;
    private final Executioner executioner;
    private @Nullable FailureReport initFailure;
    private int lastWaits;
    private boolean ready;
    private boolean ending;

    private WorkerEntry(
            ActorContext<EntryCommand> context,
            TimerScheduler<EntryCommand> timers,
            ActorRef<MasterCommand> master,
            WorkerSpec spec,
            long number,
            PoolSettings settings,
            ProcessStarter starter) {
        super(context);
        this.timers = timers;
        this.master = master;
        this.spec = spec;
        this.number = number;
        this.settings = settings;
        this.connection = new WorkerConnection(settings.forWorkers(), number, settings.answerTimeout());
        this.process = launch(starter);
        this.executioner = new Executioner(countdowns, connection, process, settings);
    }

    static Behavior<EntryCommand> create(
            ActorRef<MasterCommand> master,
            WorkerSpec spec,
            long number,
            PoolSettings settings,
            ProcessStarter starter) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new WorkerEntry(context, timers, master, spec, number, settings, starter)));
    }

    private HeldProcess launch(ProcessStarter starter) {
        ActorRef<FromWorker> self = getContext().messageAdapter(FromWorker.class, EntryCommand.Arrived::new);
        Bootstrap bootstrap = new Bootstrap(
                spec.index(),
                number,
                connection.token().text(),
                ActorRefResolver.get(getContext().getSystem()).toSerializationFormat(self),
                ProcessHandle.current().pid(),
                spec.workerClass(),
                spec.encodedParameters(),
                settings.forWorkers());
        timers.startTimerWithFixedDelay(EntryCommand.Timer.TICK, TICK);
        countdowns.start(Countdowns.Deadline.START, settings.initTimeout());
        OversizedFrame.subscribe(getContext(), EntryCommand.Discarded::new);
        CompletionStage<WorkerProcess> launching = starter.start(bootstrap, spec.options());
        getContext().pipeToSelf(launching, EntryCommand.Launched::new);
        return new HeldProcess(launching);
    }

    @Override
    public Receive<EntryCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(EntryCommand.Deliver.class, this::onDeliver)
                .onMessage(EntryCommand.Tell.class, this::onTell)
                .onMessage(EntryCommand.Arrived.class, arrived -> onFrame(arrived.frame()))
                .onMessage(EntryCommand.Discarded.class, this::onDiscarded)
                .onMessage(EntryCommand.Assign.class, this::onAssign)
                .onMessage(EntryCommand.End.class, this::onEnd)
                .onMessage(EntryCommand.Kill.class, kill -> onKill(kill.reason()))
                .onMessage(EntryCommand.Launched.class, this::onLaunched)
                .onMessage(EntryCommand.Exited.class, this::onExited)
                .onMessage(EntryCommand.Timer.class, this::onTimer)
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<EntryCommand> onDeliver(EntryCommand.Deliver deliver) {
        connection.tellTasks(deliver.tasks());
        return this;
    }

    private Behavior<EntryCommand> onTell(EntryCommand.Tell tell) {
        connection.tell(tell.message());
        return this;
    }

    private Behavior<EntryCommand> onFrame(FromWorker frame) {
        if (connection.accepts(frame)) {
            connection.receive(frame).ifPresent(this::onMessage);
            connection.send();
        } else {
            getContext().getLog().warn("A message for {} without its token was dropped", spec.name());
        }
        return this;
    }

    private void onMessage(WorkerToMaster message) {
        if (message instanceof WorkerToMaster.Done done) {
            List<OutcomeEnvelope> whole = connection.complete(done.outcomes());
            master.tell(new MasterCommand.Finished(number, whole, done.demand()));
        } else if (message instanceof WorkerToMaster.ResultPart part) {
            connection.keep(part);
        } else if (message instanceof WorkerToMaster.SharedResults results) {
            connection.keep(results);
        } else if (message instanceof WorkerToMaster.Returned returned) {
            master.tell(new MasterCommand.GivenBack(number, returned.taskIds()));
        } else if (message instanceof WorkerToMaster.Progressed progressed) {
            master.tell(new MasterCommand.Progressed(number, progressed));
        } else if (message instanceof WorkerToMaster.Worn worn) {
            master.tell(new MasterCommand.WornOut(number, worn.reason()));
        } else if (message instanceof WorkerToMaster.ThreadDump dump) {
            executioner.onThreadDump(dump.text());
        } else {
            onLifeSign(message);
        }
    }

    private void onLifeSign(WorkerToMaster message) {
        if (message instanceof WorkerToMaster.Ready first && !executioner.hasSentenced()) {
            ready = true;
            countdowns.cancel(Countdowns.Deadline.START);
            if (!ending) {
                Duration startup = Duration.ofNanos(System.nanoTime() - startedAt);
                master.tell(new MasterCommand.BecameReady(number, first.demand(), startup));
            }
        } else if (message instanceof WorkerToMaster.InitFailed failed) {
            initFailure = failed.report();
            connection.acknowledgeNow();
            executioner.limitItsEnd();
        } else if (message instanceof WorkerToMaster.Stopped) {
            connection.acknowledgeNow();
            process.onStopped();
            master.tell(new MasterCommand.Ending(number));
            executioner.giveLeave();
        }
    }

    private Behavior<EntryCommand> onKill(String reason) {
        executioner.sentence(reason);
        return this;
    }

    private Behavior<EntryCommand> onAssign(EntryCommand.Assign assign) {
        process.assign(assign.index());
        connection.tell(new MasterToWorker.Assigned(assign.index()));
        return this;
    }

    private Behavior<EntryCommand> onEnd(EntryCommand.End end) {
        ending = true;
        if (!ready) {
            executioner.kill("it was stopped before it was ready");
        } else {
            connection.tell(new MasterToWorker.Stop(end.interrupt()));
            executioner.limitItsEnd();
        }
        return this;
    }

    private Behavior<EntryCommand> onLaunched(EntryCommand.Launched launched) {
        WorkerProcess running = launched.process();
        if (running == null) {
            return gone(Optional.of(StartFailure.notLaunched(spec, launched.problem())));
        }
        master.tell(new MasterCommand.Launched(number, running.pid()));
        ActorRef<MasterCommand> to = master;
        running.onEnd().thenRun(() -> to.tell(new MasterCommand.Ending(number)));
        getContext().pipeToSelf(running.onExit(), (ended, impossible) -> new EntryCommand.Exited(ended));
        process.onLaunched(running);
        return this;
    }

    /** The worker waits in vain for what was in it, so it cannot be gone on with. */
    private Behavior<EntryCommand> onDiscarded(EntryCommand.Discarded discarded) {
        List<Long> taskIds = connection.tasksIn(discarded.frame());
        if (!taskIds.isEmpty()) {
            String explanation = discarded.frame().explanation();
            master.tell(new MasterCommand.Undeliverable(number, taskIds, new PayloadException(explanation)));
            executioner.kill("a message to it was too large to be sent");
        }
        return this;
    }

    /** A process that is frozen holds its tasks no longer. */
    private void onTick() {
        connection.onTick();
        if (ready && connection.isSilent()) {
            executioner.kill("it did not answer for " + Durations.shown(settings.answerTimeout())
                    + " (pipelinebox.worker.answer-timeout)");
        }
    }

    private Behavior<EntryCommand> onExited(EntryCommand.Exited exited) {
        process.onExited(exited.exit());
        if (exited.exit().exitCode() == WorkerProcess.MASTER_LOST_EXIT && connection.hasJustComeBack()) {
            master.tell(new MasterCommand.Forsaken(number));
        }
        countdowns.cancel(Countdowns.Deadline.KILL);
        master.tell(new MasterCommand.Ending(number));
        return awaitLastFrames();
    }

    private Behavior<EntryCommand> awaitLastFrames() {
        if (lastWaits++ == LAST_WAITS) {
            return gone();
        }
        timers.startSingleTimer(EntryCommand.Timer.LAST_FRAMES_OVER, LAST_FRAMES);
        return this;
    }

    private Behavior<EntryCommand> onTimer(EntryCommand.Timer timer) {
        if (timer == EntryCommand.Timer.LAST_FRAMES_OVER) {
            return awaitLastFrames();
        }
        onTick();
        countdowns.tick().forEach(executioner::onOver);
        return process.isLost() ? gone() : this;
    }

    private Behavior<EntryCommand> gone() {
        return gone(ready ? Optional.empty() : Optional.of(StartFailure.notBuilt(spec, initFailure, process)));
    }

    private Behavior<EntryCommand> gone(Optional<WorkerStartException> startFailure) {
        master.tell(new MasterCommand.Gone(number, process.exit(), startFailure));
        return Behaviors.stopped();
    }

    private Behavior<EntryCommand> onPostStop() {
        process.abandon("the master's actor system was terminated");
        connection.close();
        return this;
    }
}
