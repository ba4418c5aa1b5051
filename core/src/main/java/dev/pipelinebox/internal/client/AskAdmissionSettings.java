package dev.pipelinebox.internal.client;

import dev.pipelinebox.internal.config.ConfigReader;

/**
 * How many asks may be pending.
 *
 * @param whenFull what happens to one more
 * @param maxPending the most asks without a result
 * @param maxPendingBytes the most bytes of their arguments; a single one may be larger
 */
public record AskAdmissionSettings(WhenFull whenFull, int maxPending, long maxPendingBytes) {

    public static AskAdmissionSettings read(ConfigReader config) {
        return new AskAdmissionSettings(
                config.choice("ask.when-full", WhenFull.class),
                config.integer("ask.max-pending", 1, 1 << 30),
                config.bytes("ask.max-pending-size", 1024, 1L << 40));
    }

    /** What happens to an ask when too many are pending. */
    public enum WhenFull {
        WAIT,
        FAIL,
        UNBOUNDED
    }
}
