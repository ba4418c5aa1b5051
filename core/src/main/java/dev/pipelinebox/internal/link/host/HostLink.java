package dev.pipelinebox.internal.link.host;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.internal.link.artery.ReliableDelivery;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One end of the link between a master and a host: what is sent arrives once and in this order, or the other end is lost. It
 * belongs to one actor.
 *
 * @param <O> the messages that this end sends
 * @param <I> the messages that it receives
 * @param <F> the frames around those that it sends
 */
public final class HostLink<O, I, F extends HostFrame> {

    private final ReliableDelivery<O, F> delivery;
    private @Nullable ActorRef<? super F> peer;

    private HostLink(ReliableDelivery.Framing<O, F> framing) {
        this.delivery = new ReliableDelivery<>(framing);
    }

    /** The end of a host. */
    public static HostLink<HostToMaster, MasterToHost, HostFrame.ToMaster> ofHost() {
        return new HostLink<>(HostFrame.ToMaster::new);
    }

    /** The end of the master. */
    public static HostLink<MasterToHost, HostToMaster, HostFrame.ToHost> ofMaster() {
        return new HostLink<>(HostFrame.ToHost::new);
    }

    /** What was sent before this waits for it. */
    public void open(ActorRef<? super F> otherEnd) {
        peer = otherEnd;
        transmit();
    }

    public boolean isOpen() {
        return peer != null;
    }

    /**
     * Sends a message, now or as soon as the window has room for it.
     *
     * @param bytes about how large it is
     */
    public void send(O message, int bytes) {
        delivery.offer(() -> message, bytes);
        transmit();
    }

    /** Takes in a frame; returns its message if that has to be handled. */
    public Optional<I> receive(long seq, long ack, @Nullable I body) {
        boolean isNext = delivery.receive(seq, ack, System.nanoTime()) && body != null;
        return isNext ? Optional.ofNullable(body) : Optional.empty();
    }

    /** Sends what is due after a message was handled, which may have sent others. */
    public void afterReceived(int bytes) {
        delivery.took(bytes);
        transmit();
    }

    /** Sends again what is overdue. To be called several times a second. */
    public void onTick() {
        if (isOpen()) {
            tell(delivery.onTick(System.nanoTime()));
        }
    }

    /** Whether the other end has acknowledged all that was sent. */
    public boolean isIdle() {
        return delivery.isIdle();
    }

    private void transmit() {
        if (isOpen()) {
            tell(delivery.toSend(System.nanoTime()));
        }
    }

    private void tell(List<F> frames) {
        ActorRef<? super F> to = peer;
        if (to != null) {
            frames.forEach(to::tell);
        }
    }
}
