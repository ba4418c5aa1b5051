package dev.pipelinebox.internal.link.message;

import org.jspecify.annotations.Nullable;

/** Something that carries one task's bytes, whole or as the last of several parts. */
public sealed interface Envelope permits TaskEnvelope, OutcomeEnvelope {

    /**
     * The task's number.
     *
     * @return the id
     */
    long taskId();

    /**
     * The bytes.
     *
     * @return the encoded value, {@code null} for null
     */
    byte @Nullable [] payload();

    /**
     * The same envelope around other bytes.
     *
     * @param bytes the new payload
     * @return a changed copy
     */
    Envelope withPayload(byte[] bytes);

    /**
     * How much the bytes count towards windows and demands.
     *
     * @return the payload's size in bytes
     */
    default int size() {
        byte[] bytes = payload();
        return bytes == null ? 0 : bytes.length;
    }
}
