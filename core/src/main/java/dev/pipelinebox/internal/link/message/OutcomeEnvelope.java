package dev.pipelinebox.internal.link.message;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.PayloadCodec;
import org.jspecify.annotations.Nullable;

/**
 * A task's outcome on its way to the master.
 *
 * @param taskId the task's number
 * @param attempt which try this was, from 1
 * @param success whether the payload is the encoded result; otherwise it is an encoded {@link FailureReport}
 * @param payload the bytes, or what {@link WorkerToMaster.ResultPart} messages left of them; {@code null} for a null
 *     result
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record OutcomeEnvelope(long taskId, int attempt, boolean success, byte @Nullable [] payload)
        implements Envelope {

    /**
     * The outcome of a task that has failed.
     *
     * @param taskId the task's number
     * @param attempt which try this was
     * @param report what went wrong
     * @return the outcome
     */
    public static OutcomeEnvelope failure(long taskId, int attempt, FailureReport report) {
        return new OutcomeEnvelope(taskId, attempt, false, PayloadCodec.writeReport(report));
    }

    @Override
    public OutcomeEnvelope withPayload(byte[] bytes) {
        return new OutcomeEnvelope(taskId, attempt, success, bytes);
    }
}
