package dev.pipelinebox.protocol;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Packs envelopes into messages that fit into a frame, and puts the pieces of a large payload together again. Not
 * thread-safe: one on each side of a link.
 */
public final class Envelopes {

    /** The greatest payload of one message. */
    static final int MESSAGE_BYTES = 128 << 10;

    /** What Artery's frame has to hold: such a message, with all that is around the payload. */
    static final int FRAME_BYTES = 192 << 10;

    /** What an envelope costs beside its payload, rounded up. */
    private static final int ENVELOPE_OVERHEAD = 32;

    private final Map<Long, ByteArrayOutputStream> parts = new HashMap<>();

    /** Starts with no pieces. */
    public Envelopes() {}

    /**
     * Packs envelopes into messages, in their order.
     *
     * @param envelopes what to send
     * @param part makes the message for a piece of a payload
     * @param batch makes the message for several envelopes
     * @param <E> the kind of envelope
     * @param <M> the kind of message
     * @return the messages with their sizes
     */
    @SuppressWarnings("unchecked")
    public static <E extends Envelope, M> List<Sized<M>> pack(
            List<E> envelopes, BiFunction<E, byte[], M> part, Function<List<E>, M> batch) {
        List<Sized<M>> messages = new ArrayList<>();
        List<E> open = new ArrayList<>();
        int openBytes = 0;
        for (E envelope : envelopes) {
            E rest = envelope;
            byte[] payload = envelope.payload();
            if (payload != null && payload.length > MESSAGE_BYTES) {
                int cut = 0;
                for (; payload.length - cut > MESSAGE_BYTES; cut += MESSAGE_BYTES) {
                    byte[] piece = Arrays.copyOfRange(payload, cut, cut + MESSAGE_BYTES);
                    messages.add(new Sized<>(part.apply(envelope, piece), MESSAGE_BYTES));
                }
                rest = (E) envelope.withPayload(Arrays.copyOfRange(payload, cut, payload.length));
            }
            int bytes = rest.size() + ENVELOPE_OVERHEAD;
            if (openBytes + bytes > MESSAGE_BYTES && !open.isEmpty()) {
                messages.add(new Sized<>(batch.apply(List.copyOf(open)), openBytes));
                open.clear();
                openBytes = 0;
            }
            open.add(rest);
            openBytes += bytes;
        }
        if (!open.isEmpty()) {
            messages.add(new Sized<>(batch.apply(List.copyOf(open)), openBytes));
        }
        return messages;
    }

    /**
     * Keeps a piece until its envelope comes.
     *
     * @param taskId the task it belongs to
     * @param bytes the piece
     */
    public void add(long taskId, byte[] bytes) {
        parts.computeIfAbsent(taskId, id -> new ByteArrayOutputStream(2 * bytes.length))
                .writeBytes(bytes);
    }

    /**
     * Puts an envelope together with the pieces that came before it.
     *
     * @param envelope what arrived
     * @param <E> the kind of envelope
     * @return the envelope with its whole payload
     */
    @SuppressWarnings("unchecked")
    public <E extends Envelope> E complete(E envelope) {
        ByteArrayOutputStream before = parts.remove(envelope.taskId());
        byte[] rest = envelope.payload();
        if (before == null || rest == null) {
            return envelope;
        }
        before.writeBytes(rest);
        return (E) envelope.withPayload(before.toByteArray());
    }

    /**
     * Puts envelopes together, each with the pieces that came before it.
     *
     * @param envelopes what arrived
     * @param <E> the kind of envelope
     * @return the envelopes with their whole payloads
     */
    public <E extends Envelope> List<E> completeAll(List<E> envelopes) {
        return parts.isEmpty()
                ? envelopes
                : envelopes.stream().map(this::complete).toList();
    }

    /**
     * A message and how much it counts towards the link's window.
     *
     * @param message the message
     * @param bytes its size in bytes
     * @param <M> the kind of message
     */
    public record Sized<M>(M message, int bytes) {}
}
