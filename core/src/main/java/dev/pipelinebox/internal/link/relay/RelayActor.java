package dev.pipelinebox.internal.link.relay;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.LinkListener;
import dev.pipelinebox.internal.link.MasterLink;
import dev.pipelinebox.internal.link.artery.ArteryWorkerLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.socket.SocketServer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Passes on, in the host of a worker, what its master and the worker send each other. When the worker's process has ended and
 * the master has all that came from it, this ends.
 */
public final class RelayActor extends AbstractBehavior<RelayActor.Command> {

    private static final Duration TICK = Duration.ofMillis(50);

    /** What the worker has sent before its end may take so long to arrive. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /** What it is told. */
    public sealed interface Command {

        /** The worker's process has ended. */
        enum ProcessExited implements Command {
            NOW
        }

        /** From the master. */
        record Downstream(LinkEvent event) implements Command {}

        /** From the worker. */
        record Upstream(LinkEvent event) implements Command {}

        /** Time to look after the links. */
        enum Tick implements Command {
            NOW
        }

        /** The master does not take what is left, since it has given the worker up. */
        enum GiveUp implements Command {
            NOW
        }

        /** The rest of what the worker has sent has had its time. */
        enum LastFramesOver implements Command {
            NOW
        }
    }

    /**
     * Whose worker it is.
     *
     * @param process its number among all that the master started
     * @param token by which it and its host are known
     * @param masterAddress the master's end of the link
     */
    public record Worker(long process, String token, String masterAddress) {}

    private final TimerScheduler<Command> timers;
    private final Consumer<String> onBroken;
    private final MasterLink down;
    private final ArteryWorkerLink up;
    private boolean hasExited;
    private boolean isOver;

    private RelayActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Worker worker,
            SocketServer sockets,
            Consumer<String> onBroken) {
        super(context);
        this.timers = timers;
        this.onBroken = onBroken;
        ActorRef<Command> self = context.getSelf();
        this.down = sockets.link(
                worker.process(),
                worker.token()::equals,
                event -> self.tell(new Command.Upstream(event)),
                new OfWorker());
        this.up = new ArteryWorkerLink(context, Command.Downstream::new, new OfMaster());
        up.connect(worker.masterAddress(), worker.token());
        timers.startTimerWithFixedDelay(Command.Tick.NOW, TICK);
    }

    /**
     * Relays the link of a worker that is about to be started.
     *
     * @param sockets where it connects
     * @param onBroken is told why if a message cannot be passed on, so that the worker has to end
     */
    public static Behavior<Command> create(Worker worker, SocketServer sockets, Consumer<String> onBroken) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new RelayActor(context, timers, worker, sockets, onBroken)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.Downstream.class, this::onDownstream)
                .onMessage(Command.Upstream.class, this::onUpstream)
                .onMessage(Command.Tick.class, tick -> onTick())
                .onMessage(Command.ProcessExited.class, exited -> onProcessExited())
                .onMessage(Command.GiveUp.class, due -> Behaviors.stopped())
                .onMessage(Command.LastFramesOver.class, over -> onLastFramesOver())
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<Command> onDownstream(Command.Downstream arrived) {
        up.receive(arrived.event());
        return endIfDone();
    }

    private Behavior<Command> onUpstream(Command.Upstream arrived) {
        down.receive(arrived.event());
        return endIfDone();
    }

    private Behavior<Command> onTick() {
        up.onTick();
        down.onTick();
        return endIfDone();
    }

    private Behavior<Command> onProcessExited() {
        hasExited = true;
        down.onProcessExited();
        timers.startSingleTimer(Command.LastFramesOver.NOW, down.lastTransit());
        timers.startSingleTimer(Command.GiveUp.NOW, LONGEST_REST);
        return endIfDone();
    }

    private Behavior<Command> onLastFramesOver() {
        isOver = true;
        return endIfDone();
    }

    private Behavior<Command> endIfDone() {
        boolean hasAll = hasExited && (isOver || down.isAtEnd());
        return hasAll && up.isIdle() ? Behaviors.stopped() : this;
    }

    private Behavior<Command> onPostStop() {
        down.close();
        up.close();
        return this;
    }

    private final class OfWorker implements LinkListener<WorkerToMaster, OutcomeEnvelope> {

        @Override
        public void onMessage(WorkerToMaster message) {
            up.send(message);
        }

        /** Its result does not fit into the heap of this host. */
        @Override
        public Optional<OutcomeEnvelope> onUnreadable(OutcomeEnvelope outcome, PayloadException why) {
            onBroken.accept("its host cannot pass on a result: " + why.getMessage());
            return Optional.empty();
        }
    }

    private final class OfMaster implements ArteryWorkerLink.Listener {

        @Override
        public void onMessage(MasterToWorker message) {
            down.send(message);
        }

        @Override
        public Optional<TaskEnvelope> onUnreadable(TaskEnvelope task, PayloadException why) {
            onBroken.accept("its host cannot pass on an argument: " + why.getMessage());
            return Optional.empty();
        }

        @Override
        public WorkerToMaster replaceUndeliverable(WorkerToMaster message, String explanation) {
            onBroken.accept("its host cannot pass on a message: " + explanation);
            return new WorkerToMaster.Pong();
        }
    }
}
