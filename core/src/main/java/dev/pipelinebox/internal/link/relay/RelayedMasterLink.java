package dev.pipelinebox.internal.link.relay;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.MasterLink;
import dev.pipelinebox.internal.link.artery.ArteryMasterLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The master's end for a worker on another machine. It opens when the worker has connected to its host. */
public final class RelayedMasterLink implements MasterLink {

    private final ArteryMasterLink.Listener listener;
    private final CompletableFuture<String> address = new CompletableFuture<>();
    private final ActorRef<RelayedLinkActor.Command> actor;
    private long received;
    private boolean isAnswerDue;
    private boolean isAtEnd;

    /**
     * Waits for a process.
     *
     * @param system that of the hosts
     * @param name of the link, unique in the system
     * @param mailbox takes events, from another thread, for {@link #receive}
     */
    public RelayedMasterLink(
            ActorSystem<?> system,
            String name,
            Predicate<String> token,
            Consumer<? super LinkEvent> mailbox,
            ArteryMasterLink.Listener listener) {
        this.listener = listener;
        this.actor =
                system.systemActorOf(RelayedLinkActor.create(token, mailbox, listener, address), name, Props.empty());
    }

    /** Where the host of the worker connects. */
    public CompletionStage<String> address() {
        return address.minimalCompletionStage();
    }

    @Override
    public boolean isOpen() {
        return received > 0;
    }

    @Override
    public void send(MasterToWorker message) {
        isAnswerDue |= message instanceof MasterToWorker.Ping;
        actor.tell(new RelayedLinkActor.Command.Send(message));
    }

    @Override
    public boolean receive(LinkEvent event) {
        if (event instanceof RelayEvent.Received next) {
            received++;
            isAnswerDue = false;
            listener.onMessage(next.message());
        } else if (event instanceof RelayEvent.Undeliverable tooLarge) {
            listener.onUndeliverable(tooLarge.taskIds(), tooLarge.explanation());
        } else {
            return false;
        }
        return true;
    }

    @Override
    public void onTick() {}

    @Override
    public long delivered() {
        return received;
    }

    @Override
    public boolean isIdle() {
        return !isAnswerDue;
    }

    @Override
    public boolean isQuiet() {
        return isIdle();
    }

    /** The host takes what there is, as fast as its connection allows. */
    @Override
    public long waitingBytes() {
        return 0;
    }

    @Override
    public boolean isAtEnd() {
        return isAtEnd;
    }

    /** A host tells of the end of a process after all that came from it, and a lost host brings nothing any more. */
    @Override
    public void onProcessExited() {
        isAtEnd = true;
    }

    @Override
    public Duration lastTransit() {
        return Duration.ZERO;
    }

    @Override
    public void close() {
        actor.tell(RelayedLinkActor.Command.Close.NOW);
    }
}
