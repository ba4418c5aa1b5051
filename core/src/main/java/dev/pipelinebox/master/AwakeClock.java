package dev.pipelinebox.master;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time during which this process was at work. While it is stopped, by a debugger, a signal or a long collection of
 * garbage, this clock stands still, so that no task is punished for it. Asked at intervals; not thread-safe.
 */
final class AwakeClock {

    /** Who does not ask for longer was not at work for the rest of it. */
    static final Duration LONGEST_STEP = Duration.ofMillis(200);

    private final LongSupplier nanoTime;
    private long last;
    private long awake;

    AwakeClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Nanoseconds since this clock was made. */
    long now() {
        long now = nanoTime.getAsLong();
        awake += Math.min(now - last, LONGEST_STEP.toNanos());
        last = now;
        return awake;
    }
}
