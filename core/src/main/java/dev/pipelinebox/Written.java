package dev.pipelinebox;

import dev.pipelinebox.api.PayloadException;
import org.jspecify.annotations.Nullable;

/**
 * An argument on its way in: in bytes, or with what is wrong with it.
 *
 * @param way where it goes in
 * @param argument what the caller gave
 * @param payload the same in bytes; {@code null} also stands for null
 * @param problem why it cannot be written, which becomes its task's failure
 */
record Written(
        Intake way,
        @Nullable Object argument,
        byte @Nullable [] payload,
        @Nullable PayloadException problem) {

    static Written of(@Nullable Object argument, Intake way, OutcomeReader codec) {
        try {
            return new Written(way, argument, codec.writeArgument(argument), null);
        } catch (PayloadException unwritable) {
            return new Written(way, argument, null, unwritable);
        }
    }

    int size() {
        return payload == null ? 0 : payload.length;
    }
}
