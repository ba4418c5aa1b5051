package dev.pipelinebox.internal.link.transfer;

import dev.pipelinebox.internal.link.message.Envelope;
import dev.pipelinebox.internal.link.message.SharedSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes messages of envelopes, in their order. Large payloads go ahead of their envelopes, in pieces: through the ring,
 * if there is one, or over the wire. For one use.
 */
final class FramePacker<E extends Envelope, M> {

    /** From this size on, a payload is handed over in memory if it can be. Measured, see decision 16. */
    static final int SHARED_FROM = 16 << 10;

    /** So much is written into the ring for one message: there are several in its window, so both ends are busy. */
    static final int SHARED_BYTES = 512 << 10;

    private static final byte[] NOTHING = {};

    private final PayloadTransfer.Messages<E, M> makers;
    private final RingWriter ring;
    private final List<PayloadTransfer.Sized<M>> packed = new ArrayList<>();
    private List<E> open = List.of();
    private int openBytes;
    private final List<Slice> slices = new ArrayList<>();
    private int sliceBytes;

    /** A piece that has not been written yet. */
    private record Slice(long taskId, byte[] payload, int offset, int length) {}

    FramePacker(PayloadTransfer.Messages<E, M> makers, RingWriter ring) {
        this.makers = makers;
        this.ring = ring;
    }

    List<PayloadTransfer.Sized<M>> pack(List<E> envelopes) {
        open = new ArrayList<>(envelopes.size());
        envelopes.forEach(this::add);
        close();
        return packed;
    }

    private void add(E envelope) {
        byte[] payload = envelope.payload();
        if (payload != null && payload.length >= SHARED_FROM && ring.isThere()) {
            makeRoom(0, payload.length);
            share(envelope.taskId(), payload);
            put(withPayload(envelope, NOTHING));
        } else if (payload != null && payload.length > PayloadTransfer.MESSAGE_BYTES) {
            put(withPayload(envelope, cut(envelope, payload)));
        } else {
            put(envelope);
        }
    }

    private void put(E envelope) {
        int bytes = envelope.size() + PayloadTransfer.ENVELOPE_OVERHEAD;
        makeRoom(bytes, 0);
        open.add(envelope);
        openBytes += bytes;
    }

    /** Completes a message if so much more would be too much for it. */
    private void makeRoom(int bytes, int shared) {
        boolean full = openBytes + bytes > PayloadTransfer.MESSAGE_BYTES || sliceBytes + (long) shared > SHARED_BYTES;
        if (full && !open.isEmpty()) {
            close();
        }
    }

    private void share(long taskId, byte[] payload) {
        int done = 0;
        while (done < payload.length) {
            int length = Math.min(payload.length - done, SHARED_BYTES - sliceBytes);
            slices.add(new Slice(taskId, payload, done, length));
            sliceBytes += length;
            done += length;
            if (sliceBytes == SHARED_BYTES) {
                closeSlices();
            }
        }
    }

    /** Makes messages of all but the last piece, which is returned. */
    private byte[] cut(E envelope, byte[] payload) {
        int done = 0;
        for (; payload.length - done > PayloadTransfer.MESSAGE_BYTES; done += PayloadTransfer.MESSAGE_BYTES) {
            int offset = done;
            packed.add(new PayloadTransfer.Sized<>(
                    () -> makers.part(envelope, copy(payload, offset, PayloadTransfer.MESSAGE_BYTES)),
                    PayloadTransfer.MESSAGE_BYTES));
        }
        return copy(payload, done, payload.length - done);
    }

    private void close() {
        closeSlices();
        if (!open.isEmpty()) {
            M batch = makers.batch(open);
            packed.add(new PayloadTransfer.Sized<>(() -> batch, openBytes));
            open = new ArrayList<>();
            openBytes = 0;
        }
    }

    private void closeSlices() {
        if (!slices.isEmpty()) {
            List<Slice> group = List.copyOf(slices);
            Supplier<M> message =
                    () -> makers.shared(group.stream().map(this::written).toList());
            packed.add(new PayloadTransfer.Sized<>(message, sliceBytes));
            slices.clear();
            sliceBytes = 0;
        }
    }

    private SharedSlice written(Slice slice) {
        long position = ring.write(slice.payload(), slice.offset(), slice.length());
        return new SharedSlice(slice.taskId(), slice.payload().length, position, slice.length());
    }

    private static byte[] copy(byte[] payload, int offset, int length) {
        byte[] piece = new byte[length];
        System.arraycopy(payload, offset, piece, 0, length);
        return piece;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Envelope> E withPayload(E envelope, byte[] bytes) {
        return (E) envelope.withPayload(bytes);
    }
}
