package dev.pipelinebox.internal.client;

import dev.pipelinebox.internal.config.ConfigReader;

/**
 * How many questions may be open at a time.
 *
 * @param whenFull what becomes of one too many
 * @param maxPending the most questions without an answer
 * @param maxPendingBytes the most bytes of their arguments; a single one may be larger
 */
public record AskAdmissionSettings(WhenFull whenFull, int maxPending, long maxPendingBytes) {

    public static AskAdmissionSettings read(ConfigReader config) {
        return new AskAdmissionSettings(
                config.choice("ask.when-full", WhenFull.class),
                config.integer("ask.max-pending", 1, 1 << 30),
                config.bytes("ask.max-pending-size", 1024, 1L << 40));
    }

    /** What becomes of a question when too many are open. */
    public enum WhenFull {
        WAIT,
        FAIL,
        UNBOUNDED
    }
}
