package dev.pipelinebox.internal.bootstrap;

import dev.pipelinebox.internal.config.ConfigReader;
import java.util.concurrent.TimeUnit;

/**
 * How many tasks a worker asks for.
 *
 * @param workAheadMicros how much work it holds behind the running task
 * @param maxTasks the most tasks
 * @param maxBytes the most bytes of their arguments
 */
public record DemandLimits(long workAheadMicros, int maxTasks, long maxBytes) {

    static DemandLimits read(ConfigReader config) {
        return new DemandLimits(
                TimeUnit.NANOSECONDS.toMicros(
                        config.duration("demand.work-in-hand").toNanos()),
                config.integer("demand.max-tasks", 1, 100_000),
                config.bytes("demand.max-size", 1024, 1 << 30));
    }

    DemandLimits oneTaskAtATime() {
        return new DemandLimits(workAheadMicros, 1, maxBytes);
    }
}
