package dev.pipelinebox.internal.os;

import java.util.function.BooleanSupplier;

/**
 * What a thread does before it sleeps until something comes: it looks out for it for a moment, if it always came so soon of
 * late. To wake a thread on a processor that rests takes longer than most such waits. In between it gives way to threads
 * that have work to do. Not thread-safe: of one thread that waits.
 */
public final class SpinThenPark {

    /** Some way and back between two processes; longer than any of the waits within it. */
    private static final long LONGEST_NANOS = 100_000;

    /** So many in a row, so that a burst of messages every now and then does not have a thread look out in between. */
    private static final int ENOUGH = 16;

    private int briefInARow;

    /** Looks out until it may go on, if that is worth while, but not on an interrupted thread. */
    @SuppressWarnings("ThreadPriorityCheck") // Only a hint: without it the other thread is woken as well.
    public void lookOut(BooleanSupplier isHere) {
        if (briefInARow < ENOUGH || Thread.currentThread().isInterrupted()) {
            return;
        }
        long begin = System.nanoTime();
        while (!isHere.getAsBoolean() && System.nanoTime() - begin < LONGEST_NANOS) {
            Thread.yield();
        }
    }

    /** It has come; the wait began then, by {@link System#nanoTime()}. */
    public void ended(long begin) {
        boolean wasBrief = System.nanoTime() - begin < LONGEST_NANOS;
        briefInARow = wasBrief ? Math.min(briefInARow + 1, ENOUGH) : 0;
    }
}
