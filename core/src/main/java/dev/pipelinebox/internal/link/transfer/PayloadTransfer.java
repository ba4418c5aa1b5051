package dev.pipelinebox.internal.link.transfer;

import dev.pipelinebox.internal.link.message.Envelope;
import dev.pipelinebox.internal.link.message.SharedSlice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Packs envelopes into messages that fit into a frame, and puts the pieces of a large payload together again. Not
 * thread-safe: one on each side of a link.
 */
public final class PayloadTransfer implements AutoCloseable {

    /** The greatest payload of one message. */
    static final int MESSAGE_BYTES = 128 << 10;

    /** What Artery's frame has to hold: such a message, with all that is around the payload. */
    public static final int FRAME_BYTES = 192 << 10;

    /** What an envelope costs beside its payload, rounded up. */
    static final int ENVELOPE_OVERHEAD = 32;

    private final RingWriter out;
    private final RingReader in;
    private final boolean endsOutOfMemory;
    private final Map<Long, PayloadAssembler> assemblies = new HashMap<>();

    /**
     * Starts with no pieces.
     *
     * @param out where large payloads to the other side may go
     * @param in where those from the other side may come from
     * @param endsOutOfMemory whether this JVM ends when it is out of memory
     */
    public PayloadTransfer(RingWriter out, RingReader in, boolean endsOutOfMemory) {
        this.out = out;
        this.in = in;
        this.endsOutOfMemory = endsOutOfMemory;
    }

    /**
     * Makes the messages of one direction.
     *
     * @param <E> the kind of envelope
     * @param <M> the kind of message
     */
    public interface Messages<E extends Envelope, M> {

        /**
         * A piece of a payload, over the wire.
         *
         * @param envelope whose payload it is
         * @param piece the piece
         * @return the message
         */
        M part(E envelope, byte[] piece);

        /**
         * Pieces of payloads that are handed over in memory.
         *
         * @param pieces where they are
         * @return the message
         */
        M shared(List<SharedSlice> pieces);

        /**
         * Envelopes.
         *
         * @param envelopes at least one
         * @return the message
         */
        M batch(List<E> envelopes);
    }

    /**
     * Packs envelopes into messages, in their order.
     *
     * @param envelopes what to send
     * @param messages makes the messages
     * @param <E> the kind of envelope
     * @param <M> the kind of message
     * @return the messages with their sizes
     */
    public <E extends Envelope, M> List<Sized<M>> pack(List<E> envelopes, Messages<E, M> messages) {
        return new FramePacker<>(messages, out).pack(envelopes);
    }

    /**
     * Keeps a piece until its envelope comes.
     *
     * @param taskId the task it belongs to
     * @param total how many bytes the whole payload has
     * @param bytes the piece
     */
    public void add(long taskId, int total, byte[] bytes) {
        assembly(taskId, total).add(bytes);
    }

    /**
     * Takes pieces out of memory and keeps them until their envelopes come.
     *
     * @param pieces where they are
     * @return how many bytes they have
     */
    public int add(List<SharedSlice> pieces) {
        int bytes = 0;
        for (SharedSlice piece : pieces) {
            assembly(piece.taskId(), piece.total()).add(piece, in);
            bytes += piece.length();
        }
        return bytes;
    }

    private PayloadAssembler assembly(long taskId, int total) {
        return assemblies.computeIfAbsent(taskId, id -> new PayloadAssembler(total, endsOutOfMemory));
    }

    /**
     * Puts an envelope together with the pieces that came before it.
     *
     * @param envelope what arrived
     * @param <E> the kind of envelope
     * @return the envelope with its whole payload
     * @throws dev.pipelinebox.api.PayloadException if the pieces cannot be had, or do not fit into the heap
     */
    @SuppressWarnings("unchecked")
    public <E extends Envelope> E complete(E envelope) {
        PayloadAssembler pieces = assemblies.remove(envelope.taskId());
        byte[] rest = envelope.payload();
        return pieces == null || rest == null ? envelope : (E) envelope.withPayload(pieces.whole(rest));
    }

    /**
     * Tells whether there are pieces of which the envelope has not come.
     *
     * @return {@code false} if all envelopes are whole as they come
     */
    public boolean hasPieces() {
        return !assemblies.isEmpty();
    }

    /** Removes what is shared. */
    @Override
    public void close() {
        out.close();
        in.close();
    }

    /**
     * A message and how much it counts towards the link's window. It is made when it is sent, since what is written for
     * it into memory has room there only then.
     *
     * @param message makes the message, once
     * @param bytes its size in bytes
     * @param <M> the kind of message
     */
    public record Sized<M>(Supplier<M> message, int bytes) {}
}
