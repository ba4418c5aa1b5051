package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.floor.Latencies;
import dev.pipelinebox.benchmarks.floor.NodePool;
import dev.pipelinebox.benchmarks.floor.PythonPool;
import dev.pipelinebox.benchmarks.floor.TcpFloor;
import dev.pipelinebox.benchmarks.floor.TcpLine;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;

/** One ask at a time. */
final class Ask implements Benchmark {

    private static final int ROUNDS = 15;
    private static final int TIMES = 2_000;
    private static final int A_FEW = 50;
    private static final int WARM_UP = 10;
    private static final int BYTES = 8;
    private static final Goal OF_P50 = Goal.ratioAtMost(0.6);
    private static final Goal OF_P99 = Goal.ratioAtMost(1);

    @Override
    public String name() {
        return "ask";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        Percentiles ours = new Percentiles("one ask at a time");
        Percentiles tcp = new Percentiles("ping-pong of 8 bytes between two JVMs over TCP");
        Percentiles node = new Percentiles(NodePool.NAME);
        Percentiles pool = new Percentiles("multiprocessing.Pool.apply");
        int times = options.effort().amount(TIMES, A_FEW);
        try (Team<Integer, Integer> team = Team.of(EchoNumber.class, 2);
                TcpFloor floor = TcpFloor.start();
                TcpLine line = floor.connect(BYTES);
                NodePool nodes = NodePool.start();
                PythonPool python = PythonPool.start()) {
            Latencies.of(options.effort().amount(WARM_UP, 1) * times, () -> team.ask(1));
            line.oneByOne(times);
            nodes.oneByOne(options.effort().amount(WARM_UP, 1) * times);
            for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
                tcp.add(line.oneByOne(times));
                ours.add(Latencies.of(times, () -> team.ask(1)));
                nodes.oneByOne(times).ifPresent(node::add);
                python.oneByOne(times).ifPresent(pool::add);
            }
        }
        ours.report(report, tcp);
        ours.report(report, node, OF_P50, OF_P99);
        ours.report(report, pool);
    }
}
