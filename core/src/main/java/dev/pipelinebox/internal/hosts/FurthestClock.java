package dev.pipelinebox.internal.hosts;

/**
 * The time that has passed, also while the machine was suspended. The JVM's clock may stand still then, and the calendar's
 * may be set; from look to look the one that went further counts. Pure state, not thread-safe; it is given what the clocks
 * show.
 */
public final class FurthestClock {

    private long nanoTime;
    private long wallNanos;
    private long passed;

    /** Begins at zero. */
    public FurthestClock(long nanoTime, long wallNanos) {
        this.nanoTime = nanoTime;
        this.wallNanos = wallNanos;
    }

    /** Nanoseconds that have passed; both clocks are in nanoseconds. */
    public long now(long newNanoTime, long newWallNanos) {
        passed += Math.max(Math.max(newNanoTime - nanoTime, newWallNanos - wallNanos), 0);
        nanoTime = newNanoTime;
        wallNanos = newWallNanos;
        return passed;
    }
}
