package dev.pipelinebox.internal.link.transfer;

import dev.pipelinebox.internal.link.message.Envelope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The sending side of a direction, where a message has a bounded size: packs batches into messages, in their order. Large
 * payloads go ahead of their envelopes, in pieces. Not thread-safe.
 */
public final class OutboundPayloads<M, E extends Envelope> {

    /** The greatest payload of one message. */
    public static final int MESSAGE_BYTES = 128 << 10;

    /** The size of a message that is no batch. */
    private static final int CONTROL_BYTES = 256;

    /** Where packed messages go. */
    @FunctionalInterface
    public interface Sink<M> {

        /** Takes a message by its maker, which is to be called once, when the message is sent. */
        void offer(Supplier<? extends M> message, int bytes);
    }

    private final PayloadForm<M, E> form;

    /** The batch that is being packed. */
    private List<E> open = new ArrayList<>();

    private int openBytes;

    public OutboundPayloads(PayloadForm<M, E> form) {
        this.form = form;
    }

    /** Gives a message to the sink, in several if it is a batch that is too large for one. A batch of nothing is left out. */
    public void pack(M message, Sink<M> sink) {
        List<E> envelopes = form.envelopes(message);
        if (envelopes == null) {
            sink.offer(() -> message, CONTROL_BYTES);
            return;
        }
        int bytes = bytesAsItIs(envelopes);
        if (bytes > 0) {
            sink.offer(() -> message, bytes);
        } else if (!envelopes.isEmpty()) {
            envelopes.forEach(envelope -> add(message, envelope, sink));
            close(message, sink);
        }
    }

    /** The size of a batch that can be sent as it is; 0 if it has to be packed. */
    private static int bytesAsItIs(List<? extends Envelope> envelopes) {
        int bytes = 0;
        for (Envelope envelope : envelopes) {
            bytes += envelope.writtenBytes();
            if (bytes > MESSAGE_BYTES) {
                return 0;
            }
        }
        return bytes;
    }

    private void add(M whole, E envelope, Sink<M> sink) {
        boolean isLarge = envelope.count() == 1 && envelope.size() > MESSAGE_BYTES;
        byte[] payload = isLarge ? envelope.payload() : null;
        if (payload != null) {
            put(whole, form.with(envelope, cut(envelope, payload, sink)), sink);
        } else {
            put(whole, envelope, sink);
        }
    }

    private void put(M whole, E envelope, Sink<M> sink) {
        int bytes = envelope.writtenBytes();
        if (openBytes + bytes > MESSAGE_BYTES) {
            close(whole, sink);
        }
        open.add(envelope);
        openBytes += bytes;
    }

    /** Makes messages of all but the last piece, which is returned. */
    private byte[] cut(E envelope, byte[] payload, Sink<M> sink) {
        int done = 0;
        for (; payload.length - done > MESSAGE_BYTES; done += MESSAGE_BYTES) {
            int offset = done;
            sink.offer(
                    () -> form.part(envelope, Arrays.copyOfRange(payload, offset, offset + MESSAGE_BYTES)),
                    MESSAGE_BYTES);
        }
        return Arrays.copyOfRange(payload, done, payload.length);
    }

    private void close(M whole, Sink<M> sink) {
        if (!open.isEmpty()) {
            M batch = form.batch(whole, open);
            sink.offer(() -> batch, openBytes);
            open = new ArrayList<>();
            openBytes = 0;
        }
    }
}
