package dev.pipelinebox.internal.master;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.OneTimeToken;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.ReportCodec;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.link.MasterLink;
import dev.pipelinebox.internal.link.artery.ArteryMasterLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.pool.Deadlines;
import dev.pipelinebox.internal.pool.LivenessProbe;
import dev.pipelinebox.internal.pool.WorkerSpec;
import dev.pipelinebox.internal.task.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The master's session with one worker process: it starts the process, holds the master's end of the link, and watches the
 * process until its end. It restarts nothing: a replacement has a session of its own, so that messages of an old process
 * are never taken for those of a new one.
 */
final class WorkerSession extends AbstractBehavior<SessionCommand> {

    /** How often the last frames are waited for in a row; a suspension of this JVM uses up at most one of the waits. */
    private static final int LAST_WAITS = 2;

    /** How long a process whose link has ended may take to end. */
    private static final Duration LINK_ENDED_TIMEOUT = Duration.ofSeconds(2);

    private final TimerScheduler<SessionCommand> timers;
    private final Deadlines deadlines = new Deadlines();
    private final ActorRef<MasterCommand> master;
    private final WorkerSpec spec;
    private final long number;
    private final EngineSettings settings;
    private final OneTimeToken token = OneTimeToken.create();
    private final ProcessFactory processes;
    private final MasterLink link;
    private final LivenessProbe probe;
    private final long startedAt = System.nanoTime();
    private final ProcessState process;
    private final Terminator terminator;
    private @Nullable FailureReport initFailure;
    private int lastWaits;
    private boolean ready;
    private boolean ending;

    private WorkerSession(
            ActorContext<SessionCommand> context,
            TimerScheduler<SessionCommand> timers,
            ActorRef<MasterCommand> master,
            WorkerSpec spec,
            long number,
            EngineSettings settings,
            ProcessFactory processes) {
        super(context);
        this.timers = timers;
        this.master = master;
        this.spec = spec;
        this.number = number;
        this.settings = settings;
        this.processes = processes;
        this.link = processes.link(context, SessionCommand.Arrived::new, number, token, new LinkEvents());
        this.probe = new LivenessProbe(settings.pool().answerTimeout());
        this.process = launch();
        this.terminator = new Terminator(deadlines, link, process, settings);
    }

    static Behavior<SessionCommand> create(
            ActorRef<MasterCommand> master,
            WorkerSpec spec,
            long number,
            EngineSettings settings,
            ProcessFactory processes) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new WorkerSession(context, timers, master, spec, number, settings, processes)));
    }

    private ProcessState launch() {
        Bootstrap bootstrap = new Bootstrap(
                spec.index(),
                number,
                token,
                ProcessFactory.address(link),
                ProcessHandle.current().pid(),
                spec.workerClass(),
                spec.encodedParameters(),
                settings.worker());
        deadlines.start(Deadlines.Deadline.START, settings.pool().initTimeout());
        CompletionStage<WorkerProcess> launching = processes.start(bootstrap, spec.options(), link);
        getContext().pipeToSelf(launching, SessionCommand.Launched::new);
        return new ProcessState(launching);
    }

    @Override
    public Receive<SessionCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(SessionCommand.Deliver.class, this::onDeliver)
                .onMessage(SessionCommand.Tell.class, this::onTell)
                .onMessage(SessionCommand.Arrived.class, this::onArrived)
                .onMessage(SessionCommand.Assign.class, this::onAssign)
                .onMessage(SessionCommand.End.class, this::onEnd)
                .onMessage(SessionCommand.Kill.class, kill -> onKill(kill.reason()))
                .onMessage(SessionCommand.Launched.class, this::onLaunched)
                .onMessage(SessionCommand.Exited.class, this::onExited)
                .onMessage(SessionCommand.Tick.class, this::onTick)
                .onMessage(SessionCommand.LastFramesOver.class, over -> awaitLastFrames())
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<SessionCommand> onDeliver(SessionCommand.Deliver deliver) {
        link.send(new MasterToWorker.Tasks(deliver.tasks()));
        return this;
    }

    private Behavior<SessionCommand> onTell(SessionCommand.Tell tell) {
        link.send(tell.message());
        return this;
    }

    private Behavior<SessionCommand> onArrived(SessionCommand.Arrived arrived) {
        if (!link.receive(arrived.event())) {
            getContext().getLog().warn("A message for {} without its token was dropped", spec.name());
        }
        return link.isAtEnd() ? onLinkEnded() : this;
    }

    /** The link ends with the process; one that ends before is broken, so the process is lost. */
    private Behavior<SessionCommand> onLinkEnded() {
        if (process.isGone()) {
            return gone();
        }
        deadlines.startOnce(Deadlines.Deadline.LINK_ENDED, LINK_ENDED_TIMEOUT);
        return this;
    }

    /** Receives what has arrived by the link. */
    private final class LinkEvents implements ArteryMasterLink.Listener {

        @Override
        public void onMessage(WorkerToMaster message) {
            WorkerSession.this.onMessage(message);
        }

        /** A task whose result cannot be read has failed. */
        @Override
        public Optional<OutcomeEnvelope> onUnreadable(OutcomeEnvelope outcome, PayloadException why) {
            byte[] report = ReportCodec.write(FailureReport.of(FailureReport.Kind.RESULT, why));
            return Optional.of(OutcomeEnvelope.failure(outcome.firstId(), outcome.attempt(), report));
        }

        /** The worker would wait for the message for ever, so it is killed. */
        @Override
        public void onUndeliverable(List<Long> taskIds, String explanation) {
            master.tell(new MasterCommand.Undeliverable(number, taskIds, new PayloadException(explanation)));
            terminator.kill("a message to it was too large to be sent");
        }
    }

    private void onMessage(WorkerToMaster message) {
        if (message instanceof WorkerToMaster.Done done) {
            master.tell(new MasterCommand.Finished(number, done.outcomes(), done.demand()));
        } else if (message instanceof WorkerToMaster.GivenBack givenBack) {
            master.tell(new MasterCommand.GivenBack(number, givenBack.taskIds()));
        } else if (message instanceof WorkerToMaster.Progressed progressed) {
            master.tell(new MasterCommand.Progressed(number, progressed));
        } else if (message instanceof WorkerToMaster.RecyclingDue due) {
            master.tell(new MasterCommand.RecyclingDue(number, due.reason()));
        } else if (message instanceof WorkerToMaster.ThreadDump dump) {
            terminator.onThreadDump(dump.text());
        } else {
            onLifeSign(message);
        }
    }

    private void onLifeSign(WorkerToMaster message) {
        if (message instanceof WorkerToMaster.Ready first && !process.isTerminating()) {
            ready = true;
            processes.onBuilt(number);
            deadlines.cancel(Deadlines.Deadline.START);
            if (!ending) {
                Duration startup = Duration.ofNanos(System.nanoTime() - startedAt);
                master.tell(new MasterCommand.BecameReady(number, first.demand(), startup));
            }
        } else if (message instanceof WorkerToMaster.InitFailed failed) {
            initFailure = ReportCodec.read(failed.report());
            terminator.limitStop();
        } else if (message instanceof WorkerToMaster.Stopped) {
            process.onStopped();
            master.tell(new MasterCommand.Ending(number));
            terminator.limitLeave();
        }
    }

    private Behavior<SessionCommand> onKill(String reason) {
        terminator.dumpAndKill(reason);
        return this;
    }

    private Behavior<SessionCommand> onAssign(SessionCommand.Assign assign) {
        process.assign(assign.index());
        link.send(new MasterToWorker.TakeSlot(assign.index()));
        return this;
    }

    private Behavior<SessionCommand> onEnd(SessionCommand.End end) {
        ending = true;
        if (!ready) {
            processes.cancel(number);
            terminator.kill("it was stopped before it was ready");
        } else {
            link.send(new MasterToWorker.Stop(end.interrupt()));
            terminator.limitStop();
        }
        return this;
    }

    private Behavior<SessionCommand> onLaunched(SessionCommand.Launched launched) {
        WorkerProcess running = launched.process();
        if (running == null) {
            return gone(Optional.of(StartFailures.notLaunched(spec, launched.problem())));
        }
        master.tell(new MasterCommand.Launched(number, running.pid(), running.host()));
        ActorRef<MasterCommand> to = master;
        running.onEnd().thenRun(() -> to.tell(new MasterCommand.Ending(number)));
        getContext().pipeToSelf(running.onExit(), (ended, impossible) -> new SessionCommand.Exited(ended));
        process.onLaunched(running);
        return this;
    }

    /** A frozen process is killed, so that its tasks run elsewhere. */
    private Behavior<SessionCommand> onTick(SessionCommand.Tick tick) {
        link.onTick();
        if (ready && isSilent(tick.now())) {
            terminator.kill("it did not answer for "
                    + Durations.shown(settings.pool().answerTimeout()) + " (pipelinebox.worker.answer-timeout)");
        }
        deadlines.expired(tick.now()).forEach(terminator::onExpired);
        return process.isLost() ? gone() : this;
    }

    private boolean isSilent(long now) {
        LivenessProbe.Liveness liveness = probe.check(link.delivered(), link.isIdle(), now);
        if (liveness == LivenessProbe.Liveness.PROBE_DUE) {
            link.send(new MasterToWorker.Ping());
        }
        return liveness == LivenessProbe.Liveness.UNRESPONSIVE;
    }

    private Behavior<SessionCommand> onExited(SessionCommand.Exited exited) {
        process.onExited(exited.exit());
        if (exited.exit().exitCode() == Bootstrap.MASTER_LOST_EXIT) {
            master.tell(new MasterCommand.MasterLost(number));
        }
        deadlines.cancel(Deadlines.Deadline.KILL);
        master.tell(new MasterCommand.Ending(number));
        link.onProcessExited();
        return link.isAtEnd() ? gone() : awaitLastFrames();
    }

    private Behavior<SessionCommand> awaitLastFrames() {
        if (lastWaits++ == LAST_WAITS) {
            return gone();
        }
        timers.startSingleTimer(SessionCommand.LastFramesOver.NOW, link.lastTransit());
        return this;
    }

    private Behavior<SessionCommand> gone() {
        return gone(ready ? Optional.empty() : Optional.of(StartFailures.notBuilt(spec, initFailure, process)));
    }

    private Behavior<SessionCommand> gone(Optional<WorkerStartException> startFailure) {
        processes.onGone(number, ending ? Optional.empty() : startFailure);
        master.tell(new MasterCommand.Gone(number, process.exit(), startFailure));
        return Behaviors.stopped();
    }

    private Behavior<SessionCommand> onPostStop() {
        processes.onGone(number, Optional.empty());
        process.abandon("the master's actor system was terminated");
        link.close();
        return this;
    }
}
