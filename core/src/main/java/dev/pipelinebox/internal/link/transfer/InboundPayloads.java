package dev.pipelinebox.internal.link.transfer;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.link.message.Envelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of a direction: keeps large payloads until their envelopes come. Not thread-safe.
 *
 * @param <M> the messages of the direction
 * @param <E> the envelopes in them
 */
public final class InboundPayloads<M, E extends Envelope> {

    private final PayloadForm<M, E> form;
    private final boolean endsOutOfMemory;
    private final BiFunction<E, PayloadException, Optional<E>> unreadable;
    private final Map<Long, PayloadAssembler> assemblers = new HashMap<>();

    /**
     * @param endsOutOfMemory whether this JVM ends when it is out of memory, as a worker's does, so that no allocation may
     *     be tried that can fail
     * @param unreadable what takes the place of an envelope whose payload cannot be had; it is left out if that is empty
     */
    public InboundPayloads(
            PayloadForm<M, E> form, boolean endsOutOfMemory, BiFunction<E, PayloadException, Optional<E>> unreadable) {
        this.form = form;
        this.endsOutOfMemory = endsOutOfMemory;
        this.unreadable = unreadable;
    }

    /** Keeps the piece in a message until its envelope comes; tells its size, or -1 if the message holds none. */
    public int keep(M message) {
        PayloadForm.Piece piece = form.piece(message);
        if (piece == null) {
            return -1;
        }
        assembler(piece.taskId(), piece.total()).add(piece.bytes());
        return piece.bytes().length;
    }

    /** Where to put a whole payload of so many bytes, before its envelope comes; {@code null} if there is no place for it. */
    public byte @Nullable [] place(long taskId, int total) {
        return assembler(taskId, total).place();
    }

    private PayloadAssembler assembler(long taskId, int total) {
        return assemblers.computeIfAbsent(taskId, id -> new PayloadAssembler(total, endsOutOfMemory));
    }

    /** The message, if it is a batch with the payloads that came before it. */
    public M complete(M message) {
        List<E> envelopes = assemblers.isEmpty() ? null : form.envelopes(message);
        if (envelopes == null) {
            return message;
        }
        List<E> whole = new ArrayList<>(envelopes.size());
        for (E envelope : envelopes) {
            try {
                whole.add(complete(envelope));
            } catch (PayloadException lost) {
                unreadable.apply(envelope, lost).ifPresent(whole::add);
            }
        }
        return form.batch(message, whole);
    }

    private E complete(E envelope) {
        PayloadAssembler pieces = assemblers.remove(envelope.firstId());
        byte[] rest = pieces == null ? null : envelope.payload();
        return pieces == null || rest == null ? envelope : form.with(envelope, pieces.whole(rest));
    }
}
