package dev.pipelinebox.master;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.protocol.Bootstrap;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;

/** What the tests of {@link Workforce} have in common. */
final class Workers {

    private Workers() {}

    static PoolSettings settings(int spares) {
        return settings(spares, 3);
    }

    static PoolSettings settings(int spares, int maxStartFailures) {
        return new PoolSettings(
                Policies.attempts(3),
                Duration.ofSeconds(5),
                100,
                Duration.ofMinutes(2),
                Duration.ofSeconds(20),
                maxStartFailures,
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                spares,
                Duration.ofSeconds(5),
                new Bootstrap.Settings(10_000, 512, 1 << 20, 1 << 20, Bootstrap.Wear.NEVER, Map.of()));
    }

    static WorkerSpec spec(int index, String parameters) {
        return spec(index, parameters, WorkerOptions.defaults());
    }

    /** As the master makes it: the encoded parameters are an array of their own each time. */
    static WorkerSpec spec(int index, String parameters, WorkerOptions options) {
        return new WorkerSpec(index, "SomeWorker", parameters, parameters.getBytes(UTF_8), options);
    }

    static WorkerSlot slot(int index) {
        return slot(index, Runnable::run);
    }

    static WorkerSlot slot(int index, Executor completion) {
        return new WorkerSlot(
                index,
                new WorkerSlot.Owner() {
                    @Override
                    public void onStopRequested(WorkerSlot slot) {}

                    @Override
                    public void onClosed(WorkerSlot slot) {}

                    @Override
                    public void onEnded(WorkerSlot slot, PipelineBoxException reason) {}
                },
                completion);
    }

    /** An order in words. */
    static String text(Order order) {
        if (order instanceof Order.Launch launch) {
            PoolMember member = launch.member();
            return "launch " + member.process + (member.isSpare() ? " as a spare" : " for worker " + member.index);
        } else if (order instanceof Order.Employ employ) {
            return "employ " + employ.member().process + " as worker "
                    + employ.place().index();
        } else if (order instanceof Order.Drain drain) {
            return "drain " + drain.member().process;
        } else if (order instanceof Order.End end) {
            return "end " + end.member().process;
        } else if (order instanceof Order.Rest rest) {
            return "rest " + (rest.index() == PoolMember.SPARE ? "spare" : "worker " + rest.index()) + " for "
                    + rest.pause().toMillis() + " ms";
        }
        throw new AssertionError(order);
    }
}
