package dev.pipelinebox.internal.link.message;

import dev.pipelinebox.internal.task.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Tasks on their way to a worker.
 *
 * @param payloads the encoded arguments, or what {@link MasterToWorker.ArgumentPart} messages left of a single one
 */
public record TaskEnvelope(long firstId, int attempt, Payloads payloads) implements Envelope {

    /** Of a single task; the encoded argument is {@code null} for null. */
    public static TaskEnvelope of(long taskId, int attempt, byte @Nullable [] payload) {
        return new TaskEnvelope(taskId, attempt, Payloads.of(payload));
    }

    /** Those from one index to before another. */
    public TaskEnvelope slice(int from, int to) {
        return new TaskEnvelope(firstId + from, attempt, payloads.slice(from, to));
    }

    @Override
    public TaskEnvelope withPayload(byte[] bytes) {
        return of(firstId, attempt, bytes);
    }
}
