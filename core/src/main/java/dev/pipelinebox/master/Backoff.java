package dev.pipelinebox.master;

import java.time.Duration;

/** Waits that double from failure to failure. */
final class Backoff {

    private static final int MOST_DOUBLINGS = 20;

    private Backoff() {}

    /** The wait after so many failures in a row, from 1. */
    static Duration of(int failures, Duration min, Duration max) {
        Duration doubled = min.multipliedBy(1L << Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS));
        return doubled.compareTo(max) < 0 ? doubled : max;
    }
}
