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
        if (envelopes != null && envelopes.isEmpty()) {
            return List.of();
        }
        if (envelopes == null || !hasLarge(envelopes)) {
            return List.of(frame(message));
        }
        List<ByteBuffer> buffers = new ArrayList<>();
        List<E> rest = new ArrayList<>(envelopes.size());
        for (E envelope : envelopes) {
            byte[] payload = envelope.payload();
            if (payload != null && isLarge(envelope)) {
                buffers.add(FrameFormat.payloadHead(envelope.taskId(), payload.length));
                buffers.add(ByteBuffer.wrap(payload));
                rest.add(form.with(envelope, NOTHING));
            } else {
                rest.add(envelope);
            }
        }
        buffers.add(frame(form.batch(message, rest)));
        return buffers;
    }

    private static boolean hasLarge(List<? extends Envelope> envelopes) {
        for (Envelope envelope : envelopes) {
            if (isLarge(envelope)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLarge(Envelope envelope) {
        return envelope.size() >= LARGE_BYTES;
    }

    private ByteBuffer frame(M message) {
        return FrameFormat.complete(writer.written(message, FrameFormat.FRAME_HEAD));
    }
}
