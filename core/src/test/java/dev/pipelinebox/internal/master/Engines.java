package dev.pipelinebox.internal.master;

import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.DemandLimits;
import dev.pipelinebox.internal.bootstrap.WorkerSettings;
import dev.pipelinebox.internal.pool.Specs;
import dev.pipelinebox.internal.schedule.ScheduleSettings;
import dev.pipelinebox.internal.task.Policies;
import java.time.Duration;

/** Settings for tests of the master's actors. */
final class Engines {

    private Engines() {}

    static EngineSettings settings() {
        return new EngineSettings(
                new ScheduleSettings(Policies.attempts(3), Duration.ofSeconds(5), 100),
                Specs.settings(0),
                WorkerSettings.of(ClusterSpec.createPrivate(), new DemandLimits(10_000, 512, 1 << 20), 1 << 20));
    }
}
