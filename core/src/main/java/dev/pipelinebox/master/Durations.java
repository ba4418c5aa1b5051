package dev.pipelinebox.master;

import java.time.Duration;

/** Durations as the configuration writes them. */
final class Durations {

    private Durations() {}

    /** The duration in whole seconds if it is some, otherwise in milliseconds. */
    static String shown(Duration duration) {
        boolean isWholeSeconds = duration.toMillisPart() == 0 && !duration.isZero();
        return isWholeSeconds ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
