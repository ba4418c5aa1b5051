package dev.pipelinebox.internal.link.socket;

import dev.pipelinebox.internal.link.message.Envelope;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.MessageCodec;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.transfer.PayloadForm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Turns messages into what a {@link SocketConnection} sends. Large payloads are not copied. Thread-safe. */
final class OutgoingFrames<M, E extends Envelope> {

    /** From this size on, a payload goes ahead of its envelope. */
    static final int LARGE_BYTES = 16 << 10;

    /** From this size on, a batch of other payloads is sent in several frames. */
    private static final int FRAME_BYTES = 1 << 20;

    private static final byte[] NOTHING = {};

    /** Writes a message into a buffer, behind so many bytes that are left free. */
    private interface Writer<M> {

        ByteBuffer written(M message, int free);
    }

    private final PayloadForm<M, E> form;
    private final Writer<M> writer;

    private OutgoingFrames(PayloadForm<M, E> form, Writer<M> writer) {
        this.form = form;
        this.writer = writer;
    }

    static OutgoingFrames<MasterToWorker, ?> toWorker(MessageCodec codec) {
        return new OutgoingFrames<>(PayloadForm.ARGUMENTS, codec::written);
    }

    static OutgoingFrames<WorkerToMaster, ?> toMaster(MessageCodec codec) {
        return new OutgoingFrames<>(PayloadForm.RESULTS, codec::written);
    }

    /** The buffers to send, in this order; none for a batch of nothing. */
    List<ByteBuffer> of(M message) {
        List<E> envelopes = form.envelopes(message);
        if (envelopes == null) {
            return List.of(frame(message));
        }
        List<ByteBuffer> buffers = new ArrayList<>();
        if (isOneFrame(envelopes)) {
            if (!envelopes.isEmpty()) {
                buffers.add(frame(message));
            }
        } else {
            pack(message, envelopes, buffers);
        }
        return buffers;
    }

    private static boolean isOneFrame(List<? extends Envelope> envelopes) {
        long bytes = 0;
        for (Envelope envelope : envelopes) {
            bytes += envelope.writtenBytes();
            if (isLarge(envelope) || bytes > FRAME_BYTES) {
                return false;
            }
        }
        return true;
    }

    private void pack(M message, List<E> envelopes, List<ByteBuffer> buffers) {
        List<E> open = new ArrayList<>();
        long bytes = 0;
        for (E envelope : envelopes) {
            byte[] payload = isLarge(envelope) ? envelope.payload() : null;
            if (payload != null) {
                buffers.add(FrameFormat.payloadHead(envelope.firstId(), payload.length));
                buffers.add(ByteBuffer.wrap(payload));
                open.add(form.with(envelope, NOTHING));
            } else {
                open.add(envelope);
                bytes += envelope.writtenBytes();
            }
            if (bytes > FRAME_BYTES) {
                buffers.add(frame(form.batch(message, open)));
                open = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!open.isEmpty()) {
            buffers.add(frame(form.batch(message, open)));
        }
    }

    private static boolean isLarge(Envelope envelope) {
        return envelope.count() == 1 && envelope.size() >= LARGE_BYTES;
    }

    private ByteBuffer frame(M message) {
        return FrameFormat.complete(writer.written(message, FrameFormat.FRAME_HEAD));
    }
}
