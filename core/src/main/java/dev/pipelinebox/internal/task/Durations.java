package dev.pipelinebox.internal.task;

import java.time.Duration;

/** Durations as the configuration writes them, and as clocks count them. */
public final class Durations {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Durations() {}

    /** The duration in nanoseconds; of what is too long for that, which is 292 years, the most that there is. */
    public static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }

    /** The time that comes so much later. */
    public static long later(long now, Duration duration) {
        return now + Math.min(nanos(duration), Long.MAX_VALUE - now);
    }

    /** The duration in whole seconds if it is some, otherwise in milliseconds. */
    public static String shown(Duration duration) {
        boolean isWholeSeconds = duration.toMillisPart() == 0 && !duration.isZero();
        return isWholeSeconds ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
