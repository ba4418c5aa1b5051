package dev.pipelinebox.internal.link.message;

import org.jspecify.annotations.Nullable;

/**
 * A task on its way to a worker.
 *
 * @param payload the encoded argument, or what {@link MasterToWorker.ArgumentPart} messages left of it; {@code null} for a
 *     null argument
 */
public record TaskEnvelope(long taskId, int attempt, byte @Nullable [] payload) implements Envelope {

    @Override
    public TaskEnvelope withPayload(byte[] bytes) {
        return new TaskEnvelope(taskId, attempt, bytes);
    }
}
