package dev.pipelinebox.internal.link.transfer;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.link.message.Envelope;
import dev.pipelinebox.internal.link.message.SharedSlice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The receiving side of a direction: puts the pieces of large payloads together until their envelopes come. Not
 * thread-safe.
 */
public final class InboundPayloads<E extends Envelope> implements AutoCloseable {

    private final RingReader ring;
    private final boolean endsOutOfMemory;
    private final Map<Long, PayloadAssembler> assemblers = new HashMap<>();

    /** Where this JVM ends when it is out of memory, as a worker's does, no allocation may be tried that can fail. */
    public InboundPayloads(Optional<Path> ring, boolean endsOutOfMemory) {
        this.ring = new RingReader(ring);
        this.endsOutOfMemory = endsOutOfMemory;
    }

    /** Keeps a piece that came over the wire until its envelope comes. */
    public void add(long taskId, int total, byte[] piece) {
        assembler(taskId, total).add(piece);
    }

    /** Copies pieces out of the ring and keeps them until their envelopes come; returns how many bytes they have. */
    public int add(List<SharedSlice> pieces) {
        int bytes = 0;
        for (SharedSlice piece : pieces) {
            assembler(piece.taskId(), piece.total()).add(piece, ring);
            bytes += piece.length();
        }
        return bytes;
    }

    private PayloadAssembler assembler(long taskId, int total) {
        return assemblers.computeIfAbsent(taskId, id -> new PayloadAssembler(total, endsOutOfMemory));
    }

    /**
     * Completes envelopes with the pieces that came before them. An envelope whose payload cannot be had is replaced by what
     * the function makes of it, or left out.
     */
    public List<E> complete(List<E> envelopes, BiFunction<E, PayloadException, Optional<E>> unreadable) {
        if (assemblers.isEmpty()) {
            return envelopes;
        }
        List<E> whole = new ArrayList<>(envelopes.size());
        for (E envelope : envelopes) {
            try {
                whole.add(complete(envelope));
            } catch (PayloadException lost) {
                unreadable.apply(envelope, lost).ifPresent(whole::add);
            }
        }
        return whole;
    }

    @SuppressWarnings("unchecked")
    private E complete(E envelope) {
        PayloadAssembler pieces = assemblers.remove(envelope.taskId());
        byte[] rest = envelope.payload();
        return pieces == null || rest == null ? envelope : (E) envelope.withPayload(pieces.whole(rest));
    }

    /** Removes the ring. */
    @Override
    public void close() {
        ring.close();
    }
}
