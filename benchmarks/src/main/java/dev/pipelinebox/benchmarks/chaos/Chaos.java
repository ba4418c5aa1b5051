package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.benchmarks.frame.Benchmark;
import java.util.List;

/** The benchmarks in which workers are killed. */
public final class Chaos {

    private Chaos() {}

    /**
     * All of them.
     *
     * @return the benchmarks, in the order in which they are run
     */
    public static List<Benchmark> all() {
        return List.of(new ChaosRun(), new Replacement());
    }
}
