package dev.pipelinebox.internal.submit.input;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.Submitter;
import org.jspecify.annotations.Nullable;

/**
 * An argument as bytes, or with the problem that it cannot be encoded.
 *
 * @param submitter submits its task
 * @param payload its bytes; {@code null} for null
 * @param problem becomes the failure of its task
 */
public record EncodedArgument(
        Submitter submitter,
        @Nullable Object argument,
        byte @Nullable [] payload,
        @Nullable PayloadException problem) {

    public static EncodedArgument of(@Nullable Object argument, Submitter submitter, OutcomeDecoder codec) {
        try {
            return new EncodedArgument(submitter, argument, codec.encode(argument), null);
        } catch (PayloadException notEncoded) {
            return new EncodedArgument(submitter, argument, null, notEncoded);
        }
    }

    public int size() {
        return payload == null ? 0 : payload.length;
    }
}
