package dev.pipelinebox.internal.task;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.schedule.CrashAttribution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the tests of this package have in common. */
public final class Policies {

    /** What a worker's end looks like that does not matter. */
    public static final CrashAttribution.End SOME_END = new CrashAttribution.End(
            0,
            new WorkerExit(1, 137, WorkerExit.Cause.KILLED_FROM_OUTSIDE, "killed by a test", "", "", ""),
            Instant.EPOCH);

    private static final Retry NEVER = new Retry(List.of(), 1, Duration.ZERO, Duration.ZERO);

    private Policies() {}

    /** No limits, no retry, so many attempts if workers die. */
    public static TaskPolicy attempts(int most) {
        return new TaskPolicy(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), most, NEVER);
    }
}
