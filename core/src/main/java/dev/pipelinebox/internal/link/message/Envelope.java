package dev.pipelinebox.internal.link.message;

import org.jspecify.annotations.Nullable;

/** What carries one task's bytes, whole or as the last of several pieces. */
public sealed interface Envelope permits TaskEnvelope, OutcomeEnvelope {

    long taskId();

    /** The encoded value; {@code null} for a null value. */
    byte @Nullable [] payload();

    /** The same envelope around other bytes. */
    Envelope withPayload(byte[] bytes);

    /** How much the payload counts towards windows and demands. */
    default int size() {
        byte[] bytes = payload();
        return bytes == null ? 0 : bytes.length;
    }
}
