package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.floor.Latencies;
import dev.pipelinebox.benchmarks.floor.PythonPool;
import dev.pipelinebox.benchmarks.floor.TcpFloor;
import dev.pipelinebox.benchmarks.floor.TcpLine;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;

/** One ask at a time. */
final class Ask implements Benchmark {

    private static final int ROUNDS = 15;
    private static final int TIMES = 2_000;
    private static final int A_FEW = 50;
    private static final int WARM_UP = 10;
    private static final int BYTES = 8;
    private static final Goal GOAL = Goal.ratioAtMost(1.6);

    @Override
    public String name() {
        return "ask";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        Both ours = new Both("one ask at a time");
        Both tcp = new Both("ping-pong of 8 bytes between two JVMs over TCP");
        Both pool = new Both("multiprocessing.Pool.apply");
        int times = options.effort().amount(TIMES, A_FEW);
        try (Team<Integer, Integer> team = Team.of(EchoNumber.class, 2);
                TcpFloor floor = TcpFloor.start();
                TcpLine line = floor.connect(BYTES);
                PythonPool python = PythonPool.start()) {
            Latencies.of(options.effort().amount(WARM_UP, 1) * times, () -> team.ask(1));
            line.oneByOne(times);
            for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
                tcp.add(line.oneByOne(times));
                ours.add(Latencies.of(times, () -> team.ask(1)));
                python.oneByOne(times).ifPresent(pool::add);
            }
        }
        report.row(ours.p50, "µs", tcp.p50, GOAL);
        report.row(ours.p99, "µs", tcp.p99);
        report.row(ours.p50, "µs", pool.p50);
        report.row(ours.p99, "µs", pool.p99);
    }

    /** The middle and the slow end of the same rounds. */
    private static final class Both {

        private final Series p50;
        private final Series p99;

        Both(String name) {
            p50 = new Series(name + ", p50");
            p99 = new Series(name + ", p99");
        }

        void add(Latencies round) {
            p50.add(round.p50());
            p99.add(round.p99());
        }
    }
}
