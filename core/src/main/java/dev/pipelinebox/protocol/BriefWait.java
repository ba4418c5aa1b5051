package dev.pipelinebox.protocol;

import java.util.function.BooleanSupplier;

/**
 * What a thread does before it sleeps until something comes: it looks out for it for a moment, if the last time it came so
 * soon. To wake a thread on a processor that rests takes longer than most such waits. In between it gives way to threads
 * that have work to do. Thread-safe, as far as it has to be: threads that share one may misjudge a wait.
 */
public final class BriefWait {

    /** Some way and back between two processes; longer than any of the waits within it. */
    private static final long LONGEST_NANOS = 100_000;

    private volatile boolean wasBrief;

    /**
     * Looks out, if that is worth while.
     *
     * @param isHere tells whether to go on
     * @return when this began, for {@link #ended}
     */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: whoever is not given way to is woken all the same.
    public long begin(BooleanSupplier isHere) {
        long begin = System.nanoTime();
        while (wasBrief && !isHere.getAsBoolean() && System.nanoTime() - begin < LONGEST_NANOS) {
            Thread.yield();
        }
        return begin;
    }

    /**
     * It has come.
     *
     * @param begin what {@link #begin} gave
     */
    public void ended(long begin) {
        wasBrief = System.nanoTime() - begin < LONGEST_NANOS;
    }
}
