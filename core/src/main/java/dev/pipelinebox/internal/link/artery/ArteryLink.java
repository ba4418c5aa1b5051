package dev.pipelinebox.internal.link.artery;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.ActorContext;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.LinkListener;
import dev.pipelinebox.internal.link.WorkerLink;
import dev.pipelinebox.internal.link.message.Envelope;
import dev.pipelinebox.internal.link.transfer.InboundPayloads;
import dev.pipelinebox.internal.link.transfer.OutboundPayloads;
import dev.pipelinebox.internal.link.transfer.PayloadForm;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the two ends have in common: what they send goes through a {@link ReliableDelivery} to an actor of the other process.
 *
 * @param <O> the messages that this end sends
 * @param <I> the messages that it receives
 * @param <F> the frames around those that it sends
 * @param <E> the envelopes that it receives
 */
public abstract sealed class ArteryLink<O, I, F, E extends Envelope> implements WorkerLink<O>
        permits ArteryMasterLink, ArteryWorkerLink {

    /** What a frame of Artery has to hold: a message of the greatest size, with all that is around its payload. */
    public static final int FRAME_BYTES = 192 << 10;

    private final OutboundPayloads<O, ?> outbound;
    private final InboundPayloads<I, E> inbound;
    private final ReliableDelivery<O, F> delivery;
    private final LinkListener<I, E> listener;
    private final ActorRefResolver resolver;
    private final String address;
    private @Nullable ActorRef<F> peer;

    /** Frames and what Artery discards come to the actor as messages that the wrapper makes of them. */
    <C, G extends WireMessage> ArteryLink(
            ActorContext<C> context,
            Function<LinkEvent, C> wrapper,
            Class<G> incoming,
            ReliableDelivery.Framing<O, F> framing,
            PayloadForm<O, ?> outgoingForm,
            PayloadForm<I, E> incomingForm,
            boolean endsOutOfMemory,
            LinkListener<I, E> listener) {
        this.outbound = new OutboundPayloads<>(outgoingForm);
        this.inbound = new InboundPayloads<>(incomingForm, endsOutOfMemory, listener::onUnreadable);
        this.delivery = new ReliableDelivery<>(framing);
        this.listener = listener;
        this.resolver = ActorRefResolver.get(context.getSystem());
        this.address = resolver.toSerializationFormat(context.messageAdapter(incoming, wrapper::apply));
        OversizedFrame.subscribe(context, wrapper);
    }

    /** Where this end receives, in a form for the other process. */
    public final String address() {
        return address;
    }

    final void connectTo(String otherAddress) {
        peer = resolver.resolveActorRef(otherAddress);
    }

    @Override
    public final boolean isOpen() {
        return peer != null;
    }

    @Override
    public final void send(O message) {
        outbound.pack(message, delivery::offer);
        transmit();
    }

    /** Takes in a frame of the other end. */
    final void onFrame(long seq, long ack, @Nullable I body) {
        if (delivery.receive(seq, ack, System.nanoTime()) && body != null) {
            onMessage(body);
        }
        transmit();
    }

    private void onMessage(I message) {
        int kept = inbound.keep(message);
        if (kept >= 0) {
            delivery.took(kept);
        } else {
            beforeDelivery(message);
            listener.onMessage(inbound.complete(message));
        }
    }

    /** A message that is no piece of a payload is about to be delivered. */
    void beforeDelivery(I message) {}

    final ReliableDelivery<O, F> delivery() {
        return delivery;
    }

    final @Nullable ActorRef<F> peer() {
        return peer;
    }

    @Override
    public final void onTick() {
        if (isOpen()) {
            tell(delivery.onTick(System.nanoTime()));
        }
    }

    @Override
    public final boolean isIdle() {
        return delivery.isIdle();
    }

    @Override
    public final boolean isQuiet() {
        return delivery.isQuiet();
    }

    @Override
    public final long waitingBytes() {
        return delivery.waitingBytes();
    }

    @Override
    public final void close() {}

    /** Sends what the window allows. */
    private void transmit() {
        if (isOpen()) {
            tell(delivery.toSend(System.nanoTime()));
        }
    }

    private void tell(List<F> frames) {
        frames.forEach(this::tell);
    }

    final void tell(F frame) {
        ActorRef<F> to = peer;
        if (to != null) {
            to.tell(frame);
        }
    }
}
