package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.bootstrap.RecycleLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Decides when this worker is due for recycling: after so many tasks, at an age, at a size, or when the user's worker is not
 * healthy. Thread-safe.
 */
final class RecyclePolicy {

    private static final long SIZE_CHECK_INTERVAL = Duration.ofSeconds(1).toNanos();

    private final RecycleLimits limits;
    private final long startedAt;
    private final long maxAgeNanos;
    private final LongSupplier residentBytes;
    private final AtomicLong tasks = new AtomicLong();
    private volatile boolean unhealthy;
    private long sizeCheckedAt;
    private boolean reported;

    /**
     * Starts to count.
     *
     * @param jitter takes off up to a quarter of the greatest age, from 0 to 1, so that workers of one age are not all
     *     recycled at once
     * @param residentBytes the size of this process in memory, 0 if it is not known
     */
    RecyclePolicy(RecycleLimits limits, long now, double jitter, LongSupplier residentBytes) {
        this.limits = limits;
        this.startedAt = now;
        this.sizeCheckedAt = now;
        this.maxAgeNanos = (long) (limits.ageMillis() * 1e6 * (1 - jitter / 4));
        this.residentBytes = residentBytes;
    }

    void onTask() {
        tasks.incrementAndGet();
    }

    void onUnhealthy() {
        unhealthy = true;
    }

    /** Why this worker should be replaced, once. To be called at intervals, by one thread. */
    Optional<String> reason(long now) {
        Optional<String> reason = reported ? Optional.empty() : check(now);
        reported |= reason.isPresent();
        return reason;
    }

    private Optional<String> check(long now) {
        if (unhealthy) {
            return Optional.of("it says that it is not healthy");
        }
        if (tasks.get() >= limits.tasks()) {
            return Optional.of("it has run " + tasks.get() + " tasks (pipelinebox.worker.recycle.after-tasks)");
        }
        if (now - startedAt >= maxAgeNanos) {
            return Optional.of("it is " + Duration.ofNanos(now - startedAt).toSeconds()
                    + " s old (pipelinebox.worker.recycle.after)");
        }
        if (limits.residentBytes() < Long.MAX_VALUE && now - sizeCheckedAt >= SIZE_CHECK_INTERVAL) {
            sizeCheckedAt = now;
            long size = residentBytes.getAsLong();
            if (size > limits.residentBytes()) {
                return Optional.of("its process takes " + (size >> 20)
                        + " MiB of memory (pipelinebox.worker.recycle.above-memory)");
            }
        }
        return Optional.empty();
    }
}
