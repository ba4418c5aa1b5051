package dev.pipelinebox.master;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time during which this process was at work. While it is stopped, by a debugger, a signal or a long collection of
 * garbage, this clock stands still, so that no task is punished for it. Asked at intervals; not thread-safe.
 */
final class AwakeClock {

    private final long longestStep;
    private final LongSupplier nanoTime;
    private long last;
    private long awake;
    private long longestPause;

    /** Who does not ask for longer than this step was not at work for the rest of it. */
    AwakeClock(Duration longestStep, LongSupplier nanoTime) {
        this.longestStep = longestStep.toNanos();
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Nanoseconds since this clock was made. */
    long now() {
        long now = nanoTime.getAsLong();
        long passed = now - last;
        awake += Math.min(passed, longestStep);
        longestPause = Math.max(longestPause, passed - longestStep);
        last = now;
        return awake;
    }

    /** The longest time for which this clock has stood still, up to now. */
    Duration longestPause() {
        now();
        return Duration.ofNanos(longestPause);
    }
}
