package dev.pipelinebox.internal.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One end of a link between two actors that makes Artery's at-most-once delivery exactly-once and ordered, and never
 * has more under way than a window: frames are numbered, acknowledged in bulk on frames of the other direction, and
 * sent again if that takes too long; what comes twice or out of order is dropped.
 *
 * <p>Pure state: it is told the time and returns the frames to send. Not thread-safe.
 *
 * @param <B> the type of the messages that this end sends
 * @param <F> the type of the frames around them
 */
public final class ReliableDelivery<B, F> {

    /** The unacknowledged frames that may be under way. Artery's queue, which drops what overflows, holds 3072. */
    static final int WINDOW_FRAMES = 64;

    /** The unacknowledged bytes that may be under way. */
    public static final int WINDOW_BYTES = 4 << 20;

    /** After so many unacknowledged frames an acknowledgement is sent by itself, so that the window never closes. */
    static final int ACK_EVERY = WINDOW_FRAMES / 4;

    /** The same for what is counted by {@link #took}. */
    static final int ACK_EVERY_BYTES = WINDOW_BYTES / 4;

    private static final long RESEND_AFTER = Duration.ofSeconds(1).toNanos();
    private static final long RESEND_AT_MOST_AFTER = Duration.ofSeconds(8).toNanos();

    /** Makes a frame around a message, or around nothing. */
    @FunctionalInterface
    public interface Framing<B, F> {

        /**
         * Makes a frame.
         *
         * @param seq its number, 0 if it only acknowledges
         * @param ack the last frame that has arrived here
         * @param body the message
         * @return the frame
         */
        F frame(long seq, long ack, @Nullable B body);
    }

    private record Offered<B>(long seq, Supplier<? extends B> body, int bytes) {}

    private record Outgoing<B>(long seq, B body, int bytes) {}

    private final Framing<B, F> framing;
    private final Deque<Offered<B>> waiting = new ArrayDeque<>();
    private final Deque<Outgoing<B>> unacknowledged = new ArrayDeque<>();
    private long lastSeq;
    private int bytesUnderWay;
    private long waitingBytes;
    private long oldestSentAt;
    private long resendAfter = RESEND_AFTER;
    private long received;
    private long acknowledged;
    private int bytesTaken;
    private boolean acknowledgeNow;

    /**
     * A new end of a new link.
     *
     * @param framing makes the frames
     */
    public ReliableDelivery(Framing<B, F> framing) {
        this.framing = framing;
    }

    /**
     * Takes in a message to send; {@link #toSend} gives it out when the window allows.
     *
     * @param body the message
     * @param bytes its approximate size
     */
    public void offer(B body, int bytes) {
        offer(() -> body, bytes);
    }

    /**
     * Takes in a message that is made, once, when the window has room for it.
     *
     * @param body makes the message
     * @param bytes its approximate size
     */
    public void offer(Supplier<? extends B> body, int bytes) {
        waiting.add(new Offered<>(++lastSeq, body, bytes));
        waitingBytes += bytes;
    }

    /**
     * Takes in a frame that arrived.
     *
     * @param seq its number
     * @param ack what it acknowledges
     * @param now the time, by {@link System#nanoTime()}
     * @return whether its message is the next one and has to be handled; otherwise it came before, came too early or
     *     holds none
     */
    public boolean receive(long seq, long ack, long now) {
        boolean progress = false;
        while (!unacknowledged.isEmpty() && unacknowledged.getFirst().seq() <= ack) {
            bytesUnderWay -= unacknowledged.removeFirst().bytes();
            progress = true;
        }
        if (progress) {
            oldestSentAt = now;
            resendAfter = RESEND_AFTER;
        }
        if (seq == 0) {
            return false;
        }
        if (seq != received + 1) {
            acknowledgeNow = true;
            return false;
        }
        received = seq;
        acknowledgeNow |= received - acknowledged >= ACK_EVERY;
        return true;
    }

    /**
     * Gives out what may be sent now. To be called after {@link #offer} and {@link #receive}.
     *
     * @param now the time, by {@link System#nanoTime()}
     * @return the frames, in order
     */
    public List<F> toSend(long now) {
        List<F> frames = new ArrayList<>();
        while (!waiting.isEmpty() && windowHasRoomFor(waiting.getFirst())) {
            Offered<B> offered = waiting.removeFirst();
            waitingBytes -= offered.bytes();
            Outgoing<B> next = new Outgoing<>(offered.seq(), offered.body().get(), offered.bytes());
            if (unacknowledged.isEmpty()) {
                oldestSentAt = now;
            }
            unacknowledged.add(next);
            bytesUnderWay += next.bytes();
            frames.add(frame(next));
        }
        if (frames.isEmpty() && acknowledgeNow) {
            frames.add(acknowledgement());
        }
        return frames;
    }

    /**
     * Gives out what is overdue: frames that were sent and not acknowledged, or an acknowledgement that found no frame
     * to ride on. To be called every fraction of a second.
     *
     * @param now the time, by {@link System#nanoTime()}
     * @return the frames, in order
     */
    public List<F> onTick(long now) {
        List<F> frames = new ArrayList<>();
        if (!unacknowledged.isEmpty() && now - oldestSentAt >= resendAfter) {
            unacknowledged.forEach(overdue -> frames.add(frame(overdue)));
            oldestSentAt = now;
            resendAfter = Math.min(2 * resendAfter, RESEND_AT_MOST_AFTER);
        } else if (received > acknowledged) {
            frames.add(acknowledgement());
        }
        return frames;
    }

    /**
     * Puts another message in the place of one that can never be sent, so that those behind it are not held up.
     *
     * @param seq the number of its frame
     * @param instead makes the other message of the one
     * @return the frame to send; empty if the one was not sent from here or has been acknowledged
     */
    public Optional<F> replace(long seq, UnaryOperator<B> instead) {
        List<Outgoing<B>> sent = List.copyOf(unacknowledged);
        unacknowledged.clear();
        F frame = null;
        for (Outgoing<B> outgoing : sent) {
            boolean isMeant = outgoing.seq() == seq;
            Outgoing<B> kept =
                    isMeant ? new Outgoing<>(seq, instead.apply(outgoing.body()), outgoing.bytes()) : outgoing;
            unacknowledged.add(kept);
            frame = isMeant ? frame(kept) : frame;
        }
        return Optional.ofNullable(frame);
    }

    /**
     * Counts what was in the message that came last, so that many bytes in few frames are acknowledged before the other
     * end's window closes.
     *
     * @param bytes how many
     */
    public void took(int bytes) {
        bytesTaken += bytes;
        acknowledgeNow |= bytesTaken >= ACK_EVERY_BYTES;
    }

    /** Has the next {@link #toSend} acknowledge what has arrived, even if there is nothing else to send. */
    public void acknowledgeNow() {
        acknowledgeNow = true;
    }

    /**
     * How much was offered that the window has had no room for yet.
     *
     * @return bytes, as they were told
     */
    public long waitingBytes() {
        return waitingBytes;
    }

    /**
     * Tells whether the other end has acknowledged all that was offered.
     *
     * @return {@code true} if nothing is left to send or to be acknowledged
     */
    public boolean isIdle() {
        return waiting.isEmpty() && unacknowledged.isEmpty();
    }

    /**
     * Tells whether there is nothing that {@link #onTick} would have to look after.
     *
     * @return {@code true} if nothing is to be sent or acknowledged by either end
     */
    public boolean isQuiet() {
        return isIdle() && received == acknowledged;
    }

    /**
     * Tells how far the acknowledgements of the other end have come.
     *
     * @return the number of the last message that has arrived there for certain; 0 if none has
     */
    public long lastAcknowledged() {
        return unacknowledged.isEmpty()
                ? lastSeq - waiting.size()
                : unacknowledged.getFirst().seq() - 1;
    }

    private boolean windowHasRoomFor(Offered<B> next) {
        return unacknowledged.isEmpty()
                || (unacknowledged.size() < WINDOW_FRAMES && bytesUnderWay + next.bytes() <= WINDOW_BYTES);
    }

    private F frame(Outgoing<B> outgoing) {
        noteAcknowledged();
        return framing.frame(outgoing.seq(), received, outgoing.body());
    }

    private F acknowledgement() {
        noteAcknowledged();
        return framing.frame(0, received, null);
    }

    private void noteAcknowledged() {
        acknowledged = received;
        bytesTaken = 0;
        acknowledgeNow = false;
    }
}
