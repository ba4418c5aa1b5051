package dev.pipelinebox.internal.client;

/**
 * How many questions may be open at a time.
 *
 * @param whenFull what becomes of one too many
 * @param maxPending the most questions without an answer
 * @param maxPendingBytes the most bytes of their arguments; a single one may be larger
 */
public record AskAdmissionSettings(WhenFull whenFull, int maxPending, long maxPendingBytes) {

    /** What becomes of a question when too many are open. */
    public enum WhenFull {
        WAIT,
        FAIL,
        UNBOUNDED
    }
}
