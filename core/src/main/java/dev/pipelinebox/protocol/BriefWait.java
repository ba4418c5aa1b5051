package dev.pipelinebox.protocol;

import java.util.function.BooleanSupplier;

/**
 * What a thread does before it sleeps until something comes: it looks out for it for a moment, if it always came so soon of
 * late. To wake a thread on a processor that rests takes longer than most such waits. In between it gives way to threads
 * that have work to do. Thread-safe, as far as it has to be: threads that share one may misjudge a wait.
 */
public final class BriefWait {

    /** Some way and back between two processes; longer than any of the waits within it. */
    private static final long LONGEST_NANOS = 100_000;

    /** So many in a row, so that a burst of messages every now and then does not have a thread look out in between. */
    private static final int ENOUGH = 16;

    private int briefInARow;

    /**
     * Looks out, if that is worth while.
     *
     * @param isHere tells whether to go on
     * @return when this began, for {@link #ended}
     */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: whoever is not given way to is woken all the same.
    public long begin(BooleanSupplier isHere) {
        long begin = System.nanoTime();
        boolean isWorthWhile = briefInARow >= ENOUGH;
        while (isWorthWhile && !isHere.getAsBoolean() && System.nanoTime() - begin < LONGEST_NANOS) {
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
        boolean wasBrief = System.nanoTime() - begin < LONGEST_NANOS;
        briefInARow = wasBrief ? Math.min(briefInARow + 1, ENOUGH) : 0;
    }
}
