package dev.pipelinebox.internal.os;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time during which this process ran. While it is stopped, by a debugger, a signal or a long garbage collection,
 * this clock stands still, so that time limits do, too. Read at intervals; not thread-safe.
 */
public final class SuspendAwareClock {

    private static final long LONG_PAUSE = Duration.ofSeconds(20).toNanos();
    private static final long JUST = Duration.ofMinutes(1).toNanos();

    private final long longestStep;
    private final LongSupplier nanoTime;
    private long last;
    private long awake;
    private long pauseEndedAt = Long.MIN_VALUE;

    /** Who does not ask for longer than this step was not at work for the rest of it. */
    public SuspendAwareClock(Duration longestStep, LongSupplier nanoTime) {
        this.longestStep = longestStep.toNanos();
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Nanoseconds since this clock was made. */
    public long now() {
        long now = nanoTime.getAsLong();
        long passed = now - last;
        awake += Math.min(passed, longestStep);
        pauseEndedAt = passed - longestStep >= LONG_PAUSE ? awake : pauseEndedAt;
        last = now;
        return awake;
    }

    /** Tells whether this process has stood still for twenty seconds or longer, and that ended within the last minute. */
    public boolean hasJustComeBack() {
        long now = now();
        return pauseEndedAt != Long.MIN_VALUE && now - pauseEndedAt <= JUST;
    }
}
