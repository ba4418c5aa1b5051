package dev.pipelinebox.internal.link.transfer;

import dev.pipelinebox.internal.link.message.Envelope;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.SharedSlice;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a direction: packs batches into messages of a bounded size, in their order. Large payloads go ahead of
 * their envelopes, in pieces: through the ring, if there is one, or over the wire. Not thread-safe.
 */
public final class OutboundPayloads<M, E extends Envelope> implements AutoCloseable {

    /** The greatest payload of one message. */
    public static final int MESSAGE_BYTES = 128 << 10;

    /** What may be written into the ring and not yet be taken; the link sees to it. */
    public static final int RING_BYTES = SharedRing.BYTES;

    /** What an envelope costs beside its payload, rounded up. */
    static final int ENVELOPE_OVERHEAD = 32;

    /** From this size on, a payload goes through the ring if there is one. Measured, see decision 16. */
    static final int SHARED_FROM = 16 << 10;

    /** So much is written into the ring for one message: there are several in its window, so both ends are busy. */
    static final int SHARED_BYTES = 512 << 10;

    /** The size of a message that is no batch. */
    private static final int CONTROL_BYTES = 256;

    private static final byte[] NOTHING = {};

    /** Where packed messages go. */
    @FunctionalInterface
    public interface Sink<M> {

        /**
         * Takes a message by its maker, which is to be called once and no earlier than the message is sent: what it writes
         * into the ring has room there only then.
         */
        void offer(Supplier<? extends M> message, int bytes);
    }

    /** The messages of one direction that carry payloads. */
    private interface Form<M, E extends Envelope> {

        /** What is in a batch; {@code null} if the message is none. */
        @Nullable
        List<E> envelopes(M message);

        /** A piece of a payload, over the wire. */
        M part(E envelope, byte[] piece);

        /** Pieces of payloads, in the ring. */
        M shared(List<SharedSlice> pieces);

        /** A part of a batch. */
        M batch(M whole, List<E> envelopes);
    }

    /** A piece that has not been written yet. */
    private record Slice(long taskId, byte[] payload, int offset, int length) {}

    private final Form<M, E> form;
    private final RingWriter ring;

    /** The batch that is being packed. */
    private List<E> open = new ArrayList<>();

    private int openBytes;
    private final List<Slice> slices = new ArrayList<>();
    private int sliceBytes;

    private OutboundPayloads(Form<M, E> form, Optional<Path> ring) {
        this.form = form;
        this.ring = new RingWriter(ring);
    }

    /** Tasks on their way to a worker. */
    public static OutboundPayloads<MasterToWorker, TaskEnvelope> arguments(Optional<Path> ring) {
        return new OutboundPayloads<>(Arguments.FORM, ring);
    }

    /** Outcomes on their way to the master. */
    public static OutboundPayloads<WorkerToMaster, OutcomeEnvelope> results(Optional<Path> ring) {
        return new OutboundPayloads<>(Results.FORM, ring);
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
            int size = envelope.size();
            bytes += size + ENVELOPE_OVERHEAD;
            if (size >= SHARED_FROM || bytes > MESSAGE_BYTES) {
                return 0;
            }
        }
        return bytes;
    }

    private void add(M whole, E envelope, Sink<M> sink) {
        byte[] payload = envelope.payload();
        if (payload != null && payload.length >= SHARED_FROM && ring.isThere()) {
            makeRoom(whole, 0, payload.length, sink);
            share(envelope.taskId(), payload, sink);
            put(whole, withPayload(envelope, NOTHING), sink);
        } else if (payload != null && payload.length > MESSAGE_BYTES) {
            put(whole, withPayload(envelope, cut(envelope, payload, sink)), sink);
        } else {
            put(whole, envelope, sink);
        }
    }

    private void put(M whole, E envelope, Sink<M> sink) {
        int bytes = envelope.size() + ENVELOPE_OVERHEAD;
        makeRoom(whole, bytes, 0, sink);
        open.add(envelope);
        openBytes += bytes;
    }

    /** Completes a message if so much more would be too much for it. */
    private void makeRoom(M whole, int bytes, int shared, Sink<M> sink) {
        boolean isFull = openBytes + bytes > MESSAGE_BYTES || sliceBytes + (long) shared > SHARED_BYTES;
        if (isFull && !open.isEmpty()) {
            close(whole, sink);
        }
    }

    private void share(long taskId, byte[] payload, Sink<M> sink) {
        int done = 0;
        while (done < payload.length) {
            int length = Math.min(payload.length - done, SHARED_BYTES - sliceBytes);
            slices.add(new Slice(taskId, payload, done, length));
            sliceBytes += length;
            done += length;
            if (sliceBytes == SHARED_BYTES) {
                closeSlices(sink);
            }
        }
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
        closeSlices(sink);
        if (!open.isEmpty()) {
            M batch = form.batch(whole, open);
            sink.offer(() -> batch, openBytes);
            open = new ArrayList<>();
            openBytes = 0;
        }
    }

    private void closeSlices(Sink<M> sink) {
        if (!slices.isEmpty()) {
            List<Slice> group = List.copyOf(slices);
            sink.offer(() -> form.shared(group.stream().map(this::written).toList()), sliceBytes);
            slices.clear();
            sliceBytes = 0;
        }
    }

    private SharedSlice written(Slice slice) {
        long position = ring.write(slice.payload(), slice.offset(), slice.length());
        return new SharedSlice(slice.taskId(), slice.payload().length, position, slice.length());
    }

    @SuppressWarnings("unchecked")
    private static <E extends Envelope> E withPayload(E envelope, byte[] bytes) {
        return (E) envelope.withPayload(bytes);
    }

    /** Removes the ring. */
    @Override
    public void close() {
        ring.close();
    }

    private enum Arguments implements Form<MasterToWorker, TaskEnvelope> {
        FORM;

        @Override
        public @Nullable List<TaskEnvelope> envelopes(MasterToWorker message) {
            return message instanceof MasterToWorker.Tasks tasks ? tasks.batch() : null;
        }

        @Override
        public MasterToWorker part(TaskEnvelope task, byte[] piece) {
            return new MasterToWorker.ArgumentPart(task.taskId(), task.size(), piece);
        }

        @Override
        public MasterToWorker shared(List<SharedSlice> pieces) {
            return new MasterToWorker.SharedArguments(pieces);
        }

        @Override
        public MasterToWorker batch(MasterToWorker whole, List<TaskEnvelope> tasks) {
            return new MasterToWorker.Tasks(tasks);
        }
    }

    private enum Results implements Form<WorkerToMaster, OutcomeEnvelope> {
        FORM;

        @Override
        public @Nullable List<OutcomeEnvelope> envelopes(WorkerToMaster message) {
            return message instanceof WorkerToMaster.Done done ? done.outcomes() : null;
        }

        @Override
        public WorkerToMaster part(OutcomeEnvelope outcome, byte[] piece) {
            return new WorkerToMaster.ResultPart(outcome.taskId(), outcome.attempt(), outcome.size(), piece);
        }

        @Override
        public WorkerToMaster shared(List<SharedSlice> pieces) {
            return new WorkerToMaster.SharedResults(pieces);
        }

        /** Each part says the demand, which is a level. */
        @Override
        public WorkerToMaster batch(WorkerToMaster whole, List<OutcomeEnvelope> outcomes) {
            return new WorkerToMaster.Done(outcomes, ((WorkerToMaster.Done) whole).demand());
        }
    }
}
