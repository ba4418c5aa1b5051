package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.floor.Latencies;
import dev.pipelinebox.benchmarks.floor.NodePool;
import dev.pipelinebox.benchmarks.floor.PythonPool;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import java.util.List;

/** The first asks of a fresh program, one at a time. */
final class ColdAsk implements Benchmark {

    private static final int ROUNDS = 5;
    private static final int TIMES = 8_000;
    private static final int A_FEW = 50;
    private static final Goal GOAL = Goal.ratioAtMost(1.5);

    @Override
    public String name() {
        return "ask-cold";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        Percentiles ours = new Percentiles("the first asks, one at a time");
        Percentiles node = new Percentiles(NodePool.NAME);
        Percentiles python = new Percentiles("multiprocessing.Pool.apply");
        int times = options.effort().amount(TIMES, A_FEW);
        for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
            try (NodePool pool = NodePool.start()) {
                pool.oneByOne(times).ifPresent(node::add);
            }
            List<Double> first = ColdProgram.run("ask", String.valueOf(times));
            ours.add(new Latencies(first.get(0), first.get(1), first.get(2)));
            try (PythonPool pool = PythonPool.start()) {
                pool.oneByOne(times).ifPresent(python::add);
            }
        }
        ours.report(report, node, GOAL);
        ours.report(report, python);
    }
}
