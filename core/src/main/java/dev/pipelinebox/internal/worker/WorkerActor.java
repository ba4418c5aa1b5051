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
import dev.pipelinebox.internal.link.ReliableDelivery;
import dev.pipelinebox.internal.link.message.MasterFrame;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerFrame;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.transfer.OversizedFrame;
import dev.pipelinebox.internal.link.transfer.PayloadTransfer;
import dev.pipelinebox.internal.link.transfer.ResultMessages;
import dev.pipelinebox.internal.link.transfer.RingReader;
import dev.pipelinebox.internal.link.transfer.RingWriter;
import dev.pipelinebox.internal.os.ThreadDump;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Speaks with the master for the {@link TaskRunner}: hands it tasks, sends back outcomes with the demand for more. */
public final class WorkerActor extends AbstractBehavior<WorkerActor.Command> {

    /** How often the link is looked after, and outcomes are sent that found no other occasion. */
    private static final Duration TICK = Duration.ofMillis(50);

    /** The same while there is nothing to do, so that an idle process rests. */
    private static final Duration IDLE_TICK = Duration.ofSeconds(1);

    private static final int CONTROL_BYTES = 256;
    private static final String MASTER_WATCH = "master-watch";

    sealed interface Command {}

    private record Arrived(MasterFrame frame) implements Command {}

    private record WorkerBuilt(Optional<FailureReport> problem) implements Command {}

    private record ThreadsDumped(String text) implements Command {}

    private record Discarded(OversizedFrame frame) implements Command {}

    private enum Signal implements Command {
        OUTCOMES_WAITING,
        WORKER_CLOSED,
        TICKED
    }

    private final TaskRunner runner;
    private final WorkerEnvironment host;
    private final ActorRef<WorkerFrame> master;
    private final ActorRef<MasterFrame> self;
    private final PayloadTransfer envelopes;
    private final ReliableDelivery<WorkerToMaster, WorkerFrame> link = new ReliableDelivery<>(WorkerFrame::new);
    private final boolean shared;
    private final TimerScheduler<Command> timers;
    private boolean idle;
    private boolean joined;
    private boolean saidLastWord;
    private boolean departing;

    private WorkerActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Bootstrap bootstrap,
            TaskRunner runner,
            WorkerEnvironment host) {
        super(context);
        this.runner = runner;
        this.host = host;
        this.shared = bootstrap.settings().cluster().shared();
        this.envelopes = new PayloadTransfer(
                new RingWriter(bootstrap.settings().resultRing(bootstrap.process())),
                new RingReader(bootstrap.settings().argumentRing(bootstrap.process())),
                true);
        this.master = ActorRefResolver.get(context.getSystem()).resolveActorRef(bootstrap.masterRef());
        this.self = context.messageAdapter(MasterFrame.class, Arrived::new);
        this.timers = timers;
        timers.startSingleTimer(Signal.TICKED, TICK);
        ActorRef<Command> me = context.getSelf();
        runner.onOutcomes(() -> me.tell(Signal.OUTCOMES_WAITING));
        context.pipeToSelf(runner.built(), (problem, impossible) -> new WorkerBuilt(problem));
        OversizedFrame.subscribe(context, Discarded::new);
        offer(new WorkerToMaster.Connected(bootstrap.token(), self));
    }

    public static Behavior<Command> create(Bootstrap bootstrap, TaskRunner runner, WorkerEnvironment host) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            WorkerActor actor = new WorkerActor(context, timers, bootstrap, runner, host);
            if (!actor.shared) {
                actor.join();
            }
            return actor.send();
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Arrived.class, arrived -> onFrame(arrived.frame()))
                .onMessage(WorkerBuilt.class, this::onWorkerBuilt)
                .onMessage(ThreadsDumped.class, this::onThreadsDumped)
                .onMessage(Discarded.class, discarded -> onDiscarded(discarded.frame()))
                .onMessage(Signal.class, this::onSignal)
                .build();
    }

    /** A shared cluster hears of a worker only when it is of use, so that failing starts do not disturb it. */
    private void join() {
        joined = true;
        Address address = master.path().address();
        getContext().spawn(MasterWatch.create(address, host), MASTER_WATCH);
        Cluster.get(getContext().getSystem()).manager().tell(Join.create(address));
    }

    private Behavior<Command> onWorkerBuilt(WorkerBuilt built) {
        if (built.problem().isPresent()) {
            sayLastWord(new WorkerToMaster.InitFailed(built.problem().get()));
        } else {
            getContext().pipeToSelf(runner.closed(), (done, impossible) -> Signal.WORKER_CLOSED);
            offer(new WorkerToMaster.Ready(runner.outbox().drain().demand()));
            if (!joined) {
                join();
            }
        }
        return send();
    }

    private Behavior<Command> onThreadsDumped(ThreadsDumped dumped) {
        offer(new WorkerToMaster.ThreadDump(dumped.text()));
        return send();
    }

    /** What is too large for a frame would be sent again for ever, and nothing behind it would arrive. */
    private Behavior<Command> onDiscarded(OversizedFrame discarded) {
        if (discarded.isForItsSize() && discarded.message() instanceof WorkerFrame frame) {
            link.replace(frame.seq(), body -> OversizedReplacement.of(body, discarded.explanation()))
                    .ifPresent(master::tell);
        }
        return this;
    }

    private Behavior<Command> onSignal(Signal signal) {
        switch (signal) {
            case OUTCOMES_WAITING -> offerOutcomes(List.of());
            case WORKER_CLOSED -> {
                offerOutcomes(List.of());
                sayLastWord(new WorkerToMaster.Stopped());
            }
            case TICKED -> {
                offerOutcomes(List.of());
                offerProgress();
                runner.wear().reason(System.nanoTime()).ifPresent(reason -> offer(new WorkerToMaster.Worn(reason)));
                link.onTick(System.nanoTime()).forEach(master::tell);
                idle = link.isQuiet() && runner.queue().running() == null;
                timers.startSingleTimer(Signal.TICKED, idle ? IDLE_TICK : TICK);
            }
        }
        return send();
    }

    private Behavior<Command> onFrame(MasterFrame frame) {
        boolean isNext = link.receive(frame.seq(), frame.ack(), System.nanoTime());
        MasterToWorker message = frame.body();
        if (isNext && message != null) {
            onMessage(message);
        }
        if (saidLastWord && link.isIdle()) {
            depart();
        }
        if (idle) {
            idle = false;
            timers.startSingleTimer(Signal.TICKED, TICK);
        }
        return send();
    }

    private void depart() {
        if (departing) {
            return;
        }
        departing = true;
        if (shared && joined) {
            getContext().getChild(MASTER_WATCH).ifPresent(getContext()::stop);
            ClusterLeave.from(getContext().getSystem()).thenRun(host::stopped);
        } else {
            host.stopped();
        }
    }

    private void onMessage(MasterToWorker message) {
        if (message instanceof MasterToWorker.Tasks tasks) {
            onTasks(tasks.batch());
        } else if (message instanceof MasterToWorker.ArgumentPart part) {
            envelopes.add(part.taskId(), part.total(), part.bytes());
            link.took(part.bytes().length);
        } else if (message instanceof MasterToWorker.SharedArguments arguments) {
            link.took(envelopes.add(arguments.pieces()));
        } else if (message instanceof MasterToWorker.Revoke revoke) {
            List<Long> returned = runner.queue().revoke(revoke.taskIds());
            offer(new WorkerToMaster.Returned(returned));
        } else if (message instanceof MasterToWorker.Cancel cancel) {
            offerOutcomes(runner.queue().cancel(cancel.taskIds()));
        } else if (message instanceof MasterToWorker.Stop stop) {
            offer(new WorkerToMaster.Returned(runner.queue().stop(stop.interrupt())));
        } else if (message instanceof MasterToWorker.Assigned assigned) {
            runner.queue().assign(assigned.index());
        } else if (message instanceof MasterToWorker.DumpThreads) {
            dumpThreads();
        }
    }

    /** A task whose argument cannot be had has failed. */
    private void onTasks(List<TaskEnvelope> tasks) {
        if (!envelopes.hasPieces()) {
            runner.queue().add(tasks);
            return;
        }
        List<TaskEnvelope> whole = new ArrayList<>();
        List<OutcomeEnvelope> failed = new ArrayList<>();
        for (TaskEnvelope task : tasks) {
            try {
                whole.add(envelopes.complete(task));
            } catch (PayloadException lost) {
                FailureReport report = FailureReport.of(FailureReport.Kind.ARGUMENT, lost);
                failed.add(OutcomeEnvelope.failure(task.taskId(), task.attempt(), report));
            }
        }
        runner.queue().add(whole);
        if (!failed.isEmpty()) {
            offerOutcomes(failed);
        }
    }

    /** Sends what has come together, with these outcomes of tasks that were never started. */
    private void offerOutcomes(List<OutcomeEnvelope> dropped) {
        OutcomeBuffer.Batch batch = runner.outbox().drain();
        List<OutcomeEnvelope> outcomes = batch.outcomes();
        outcomes.addAll(dropped);
        envelopes
                .pack(outcomes, new ResultMessages(batch.demand()))
                .forEach(sized -> link.offer(sized.message(), sized.bytes()));
    }

    private void offerProgress() {
        RunningTask running = runner.queue().running();
        WorkerToMaster.Progressed progressed = running == null ? null : running.takeProgress();
        if (progressed != null) {
            offer(progressed);
        }
    }

    /** Off the actor's thread, since it may take long. */
    private void dumpThreads() {
        ActorRef<Command> me = getContext().getSelf();
        Thread dumping = new Thread(
                () -> me.tell(new ThreadsDumped(ThreadDump.take(TaskRunner.THREAD))), "pipelinebox-thread-dump");
        dumping.setDaemon(true);
        dumping.start();
    }

    private void offer(WorkerToMaster message) {
        link.offer(message, CONTROL_BYTES);
    }

    private void sayLastWord(WorkerToMaster message) {
        offer(message);
        saidLastWord = true;
    }

    private Behavior<Command> send() {
        link.toSend(System.nanoTime()).forEach(master::tell);
        runner.outbox().unsent(link.waitingBytes());
        return this;
    }
}
