package dev.pipelinebox.internal.link.message;

import org.jspecify.annotations.Nullable;

/**
 * A task's outcome on its way to the master.
 *
 * @param success whether the payload is the encoded result; otherwise it is an encoded failure report
 * @param payload the bytes, or what {@link WorkerToMaster.ResultPart} messages left of them; {@code null} for a null
 *     result
 */
public record OutcomeEnvelope(long taskId, int attempt, boolean success, byte @Nullable [] payload)
        implements Envelope {

    /** The outcome of a task that has failed, with its encoded failure report. */
    public static OutcomeEnvelope failure(long taskId, int attempt, byte[] report) {
        return new OutcomeEnvelope(taskId, attempt, false, report);
    }

    @Override
    public OutcomeEnvelope withPayload(byte[] bytes) {
        return new OutcomeEnvelope(taskId, attempt, success, bytes);
    }
}
