package dev.pipelinebox.internal.task;

import java.time.Duration;

/** Waits that double from failure to failure. */
public final class Backoff {

    private static final int MOST_DOUBLINGS = 20;

    private Backoff() {}

    /** The wait after so many failures in a row, from 1. */
    public static Duration of(int failures, Duration min, Duration max) {
        int doublings = Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
        boolean staysBelow = min.compareTo(max.dividedBy(1L << doublings)) < 0;
        return staysBelow ? min.multipliedBy(1L << doublings) : max;
    }
}
