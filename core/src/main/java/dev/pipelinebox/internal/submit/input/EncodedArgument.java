package dev.pipelinebox.internal.submit.input;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.Submitter;
import org.jspecify.annotations.Nullable;

/**
 * An argument on its way in: in bytes, or with what is wrong with it.
 *
 * @param way where it goes in
 * @param argument what the caller gave
 * @param payload the same in bytes; {@code null} also stands for null
 * @param problem why it cannot be written, which becomes its task's failure
 */
public record EncodedArgument(
        Submitter way,
        @Nullable Object argument,
        byte @Nullable [] payload,
        @Nullable PayloadException problem) {

    public static EncodedArgument of(@Nullable Object argument, Submitter way, OutcomeDecoder codec) {
        try {
            return new EncodedArgument(way, argument, codec.writeArgument(argument), null);
        } catch (PayloadException unwritable) {
            return new EncodedArgument(way, argument, null, unwritable);
        }
    }

    public int size() {
        return payload == null ? 0 : payload.length;
    }
}
