package dev.pipelinebox.internal.cluster.authentication;

import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Reports refused connections at most once in a while, however many there are. Thread-safe. */
final class Refusals {

    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final LongConsumer report;
    private boolean hasReported;
    private long lastReport;
    private long count;

    /**
     * None yet.
     *
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param report is told how many there were since it was told last
     */
    Refusals(LongSupplier nanoTime, LongConsumer report) {
        this.nanoTime = nanoTime;
        this.report = report;
    }

    void onRefused() {
        long due = due();
        if (due > 0) {
            report.accept(due);
        }
    }

    private synchronized long due() {
        count++;
        long now = nanoTime.getAsLong();
        if (hasReported && now - lastReport < INTERVAL_NANOS) {
            return 0;
        }
        hasReported = true;
        lastReport = now;
        long due = count;
        count = 0;
        return due;
    }
}
