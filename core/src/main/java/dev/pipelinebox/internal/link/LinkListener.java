package dev.pipelinebox.internal.link;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.link.message.Envelope;
import java.util.Optional;

/** Receives what has arrived at an end of a link, on the thread that the link belongs to. */
public interface LinkListener<I, E extends Envelope> {

    /** The next message of the other end. Payloads in it are whole. */
    void onMessage(I message);

    /**
     * The payload of an envelope cannot be had: it does not fit into the heap, or part of it is lost. The returned envelope
     * takes its place in the message that is about to be given to {@link #onMessage}; without one it is left out.
     */
    Optional<E> onUnreadable(E envelope, PayloadException why);
}
