package dev.pipelinebox.internal.link.message;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * A task on its way to a worker.
 *
 * @param taskId the task's number
 * @param attempt which try this is, from 1
 * @param payload the encoded argument, or what {@link MasterToWorker.ArgumentPart} messages left of it; {@code null}
 *     for a null argument
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record TaskEnvelope(long taskId, int attempt, byte @Nullable [] payload) implements Envelope {

    @Override
    public TaskEnvelope withPayload(byte[] bytes) {
        return new TaskEnvelope(taskId, attempt, bytes);
    }
}
