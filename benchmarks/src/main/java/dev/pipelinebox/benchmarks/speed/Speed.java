package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.frame.Benchmark;
import java.util.List;

/** The benchmarks of speed and size. They use the default settings. */
public final class Speed {

    private Speed() {}

    /**
     * All of them.
     *
     * @return the benchmarks, in the order in which they are run
     */
    public static List<Benchmark> all() {
        return List.of(
                new Start(),
                new AddWorker(),
                new Tiny(),
                ColdRate.tiny(),
                new Ask(),
                new ColdAsk(),
                new Echo("echo-64KiB", 64 << 10, 16_000, 0.5),
                ColdRate.echo("echo-64KiB-cold", 64 << 10, 1_000, 1.5),
                new Echo("echo-1MiB", 1 << 20, 1_000, 0.9),
                ColdRate.echo("echo-1MiB-cold", 1 << 20, 100, 2),
                new Echo("echo-16MiB", 16 << 20, 64, 0.5),
                new LargeArgument(),
                Spin.warm(),
                new ColdSpin(),
                Spin.steady(),
                new Uneven(),
                new Endless(),
                new Idle(),
                new Many());
    }
}
