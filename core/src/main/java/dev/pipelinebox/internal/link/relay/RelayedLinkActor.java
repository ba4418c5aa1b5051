package dev.pipelinebox.internal.link.relay;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.LinkListener;
import dev.pipelinebox.internal.link.artery.ArteryMasterLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The master's end of Artery's part, in the actor system of the hosts. */
final class RelayedLinkActor extends AbstractBehavior<RelayedLinkActor.Command> implements ArteryMasterLink.Listener {

    private static final Duration TICK = Duration.ofMillis(50);

    sealed interface Command {

        record Send(MasterToWorker message) implements Command {}

        record Arrived(LinkEvent event) implements Command {}

        enum Tick implements Command {
            NOW
        }

        enum Close implements Command {
            NOW
        }
    }

    private final Consumer<? super LinkEvent> mailbox;
    private final LinkListener<WorkerToMaster, OutcomeEnvelope> listener;
    private final ArteryMasterLink link;

    private RelayedLinkActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Predicate<String> token,
            Consumer<? super LinkEvent> mailbox,
            LinkListener<WorkerToMaster, OutcomeEnvelope> listener,
            CompletableFuture<String> address) {
        super(context);
        this.mailbox = mailbox;
        this.listener = listener;
        this.link = new ArteryMasterLink(context, Command.Arrived::new, token, this);
        address.complete(link.address());
        timers.startTimerWithFixedDelay(Command.Tick.NOW, TICK);
    }

    /**
     * Waits for a host that shows a token which the predicate accepts.
     *
     * @param mailbox takes events for {@link RelayedMasterLink#receive}
     * @param address is completed with where the host connects
     */
    static Behavior<Command> create(
            Predicate<String> token,
            Consumer<? super LinkEvent> mailbox,
            LinkListener<WorkerToMaster, OutcomeEnvelope> listener,
            CompletableFuture<String> address) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new RelayedLinkActor(context, timers, token, mailbox, listener, address)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.Send.class, this::onSend)
                .onMessage(Command.Arrived.class, this::onArrived)
                .onMessage(Command.Tick.class, tick -> onTick())
                .onMessage(Command.Close.class, close -> Behaviors.stopped())
                .build();
    }

    private Behavior<Command> onSend(Command.Send send) {
        link.send(send.message());
        return this;
    }

    private Behavior<Command> onArrived(Command.Arrived arrived) {
        if (!link.receive(arrived.event())) {
            getContext().getLog().warn("A message for a worker without its token was dropped");
        }
        return this;
    }

    private Behavior<Command> onTick() {
        link.onTick();
        return this;
    }

    @Override
    public void onMessage(WorkerToMaster message) {
        mailbox.accept(new RelayEvent.Received(message));
    }

    @Override
    public Optional<OutcomeEnvelope> onUnreadable(OutcomeEnvelope outcome, PayloadException why) {
        return listener.onUnreadable(outcome, why);
    }

    @Override
    public void onUndeliverable(List<Long> taskIds, String explanation) {
        mailbox.accept(new RelayEvent.Undeliverable(taskIds, explanation));
    }
}
