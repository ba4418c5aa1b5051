package dev.pipelinebox.internal.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.api.WorkerStartException;
import java.time.Duration;

/** What the tests of {@link PoolPlan} have in common. */
public final class Specs {

    private Specs() {}

    public static PoolSettings settings(int spares) {
        return settings(spares, 3);
    }

    public static PoolSettings settings(int spares, int maxStartFailures) {
        return new PoolSettings(
                Duration.ofMinutes(2),
                Duration.ofSeconds(20),
                new PoolSettings.Restart(maxStartFailures, Duration.ofMillis(100), Duration.ofMillis(500)),
                spares,
                Duration.ofSeconds(5));
    }

    public static WorkerSpec spec(int index, String parameters) {
        return spec(index, parameters, WorkerOptions.defaults());
    }

    /** As the master makes it: the encoded parameters are an array of their own each time. */
    public static WorkerSpec spec(int index, String parameters, WorkerOptions options) {
        return new WorkerSpec(index, "SomeWorker", parameters, parameters.getBytes(UTF_8), options);
    }

    static WorkerListener listener() {
        return new WorkerListener() {
            @Override
            public void onLaunched(long pid, String host) {}

            @Override
            public void onReady() {}

            @Override
            public void onGivenUp(WorkerStartException error) {}

            @Override
            public void onStopped() {}
        };
    }

    /** An action in words. */
    static String text(PoolAction action) {
        if (action instanceof PoolAction.Launch launch) {
            WorkerRecord record = launch.record();
            return "launch " + record.process() + (record.isSpare() ? " as a spare" : " for worker " + record.index());
        } else if (action instanceof PoolAction.Activate activate) {
            return "activate " + activate.record().process() + " as worker "
                    + activate.slot().index();
        } else if (action instanceof PoolAction.Drain drain) {
            return "drain " + drain.record().process();
        } else if (action instanceof PoolAction.End end) {
            return "end " + end.record().process();
        } else if (action instanceof PoolAction.BackOff backOff) {
            return "back off " + (backOff.index() == WorkerRecord.SPARE ? "spare" : "worker " + backOff.index())
                    + " for " + backOff.backoff().toMillis() + " ms";
        }
        throw new AssertionError(action);
    }
}
