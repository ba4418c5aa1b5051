package dev.pipelinebox.internal.bootstrap;

import dev.pipelinebox.internal.config.ConfigReader;
import java.time.Duration;

/**
 * When a worker's process is due for recycling.
 *
 * @param tasks after this many tasks
 * @param ageMillis at this age
 * @param residentBytes above this size in memory
 */
public record RecycleLimits(long tasks, long ageMillis, long residentBytes) {

    public static final RecycleLimits NONE = new RecycleLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    private static final long MIN_RESIDENT_BYTES = 16L << 20;
    private static final long MAX_RESIDENT_BYTES = 1L << 46;

    /** In process, the memory is that of the caller, which no replacement makes smaller. */
    static RecycleLimits read(ConfigReader config) {
        int tasks = config.integer("worker.recycle.after-tasks", 0, Integer.MAX_VALUE);
        boolean inProcess = config.bool("test.in-process");
        return new RecycleLimits(
                tasks == 0 ? Long.MAX_VALUE : tasks,
                config.optionalDuration("worker.recycle.after")
                        .map(Duration::toMillis)
                        .orElse(Long.MAX_VALUE),
                config.optionalBytes("worker.recycle.above-memory", MIN_RESIDENT_BYTES, MAX_RESIDENT_BYTES)
                        .filter(size -> !inProcess)
                        .orElse(Long.MAX_VALUE));
    }
}
