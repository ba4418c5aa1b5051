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
            public void onLaunched(long pid) {}

            @Override
            public void onReady() {}

            @Override
            public void onGivenUp(WorkerStartException error) {}

            @Override
            public void onStopped() {}
        };
    }

    /** An order in words. */
    static String text(PoolAction order) {
        if (order instanceof PoolAction.Launch launch) {
            WorkerRecord member = launch.member();
            return "launch " + member.process() + (member.isSpare() ? " as a spare" : " for worker " + member.index());
        } else if (order instanceof PoolAction.Employ employ) {
            return "employ " + employ.member().process() + " as worker "
                    + employ.place().index();
        } else if (order instanceof PoolAction.Drain drain) {
            return "drain " + drain.member().process();
        } else if (order instanceof PoolAction.End end) {
            return "end " + end.member().process();
        } else if (order instanceof PoolAction.Rest rest) {
            return "rest " + (rest.index() == WorkerRecord.SPARE ? "spare" : "worker " + rest.index()) + " for "
                    + rest.pause().toMillis() + " ms";
        }
        throw new AssertionError(order);
    }
}
