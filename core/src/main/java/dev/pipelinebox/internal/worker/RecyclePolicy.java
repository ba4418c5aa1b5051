package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.bootstrap.Bootstrap;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Tells when this worker should be replaced: after so many tasks, at an age, at a size, or when it says so. Thread-safe. */
final class RecyclePolicy {

    private static final long LOOK_AT_SIZE_EVERY = Duration.ofSeconds(1).toNanos();

    private final Bootstrap.Wear limits;
    private final long bornAt;
    private final long longestAgeNanos;
    private final LongSupplier residentBytes;
    private final AtomicLong tasks = new AtomicLong();
    private volatile boolean unhealthy;
    private long lookedAtSizeAt;
    private boolean told;

    /**
     * Starts to count.
     *
     * @param youth takes off up to a quarter of the greatest age, from 0 to 1, so that workers of one age do not all go at
     *     once
     * @param residentBytes the size of this process in memory, 0 if it is not known
     */
    RecyclePolicy(Bootstrap.Wear limits, long now, double youth, LongSupplier residentBytes) {
        this.limits = limits;
        this.bornAt = now;
        this.lookedAtSizeAt = now;
        this.longestAgeNanos = (long) (limits.ageMillis() * 1e6 * (1 - youth / 4));
        this.residentBytes = residentBytes;
    }

    void onTask() {
        tasks.incrementAndGet();
    }

    void onUnhealthy() {
        unhealthy = true;
    }

    /** To be asked at intervals, by one thread: why this worker should be replaced; told once. */
    Optional<String> reason(long now) {
        Optional<String> reason = told ? Optional.empty() : look(now);
        told |= reason.isPresent();
        return reason;
    }

    private Optional<String> look(long now) {
        if (unhealthy) {
            return Optional.of("it says that it is not healthy");
        }
        if (tasks.get() >= limits.tasks()) {
            return Optional.of("it has run " + tasks.get() + " tasks (pipelinebox.worker.recycle.after-tasks)");
        }
        if (now - bornAt >= longestAgeNanos) {
            return Optional.of("it is " + Duration.ofNanos(now - bornAt).toSeconds()
                    + " s old (pipelinebox.worker.recycle.after)");
        }
        if (limits.residentBytes() < Long.MAX_VALUE && now - lookedAtSizeAt >= LOOK_AT_SIZE_EVERY) {
            lookedAtSizeAt = now;
            long size = residentBytes.getAsLong();
            if (size > limits.residentBytes()) {
                return Optional.of("its process takes " + (size >> 20)
                        + " MiB of memory (pipelinebox.worker.recycle.above-memory)");
            }
        }
        return Optional.empty();
    }
}
