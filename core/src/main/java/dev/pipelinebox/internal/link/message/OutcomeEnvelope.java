package dev.pipelinebox.internal.link.message;

import dev.pipelinebox.internal.task.Payloads;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of tasks on their way to the master.
 *
 * @param success whether the payloads are encoded results; otherwise it is one, an encoded failure report
 * @param payloads the bytes, or what {@link WorkerToMaster.ResultPart} messages left of those of a single task
 */
public record OutcomeEnvelope(long firstId, int attempt, boolean success, Payloads payloads) implements Envelope {

    /** Of a single task; the payload is {@code null} for a null result. */
    public static OutcomeEnvelope of(long taskId, int attempt, boolean success, byte @Nullable [] payload) {
        return new OutcomeEnvelope(taskId, attempt, success, Payloads.of(payload));
    }

    /** The outcome of a task that has failed, with its encoded failure report. */
    public static OutcomeEnvelope failure(long taskId, int attempt, byte[] report) {
        return of(taskId, attempt, false, report);
    }

    /** The encoded failure report of a task that has failed. */
    public byte[] report() {
        return Objects.requireNonNull(payload());
    }

    @Override
    public OutcomeEnvelope withPayload(byte[] bytes) {
        return of(firstId, attempt, success, bytes);
    }
}
