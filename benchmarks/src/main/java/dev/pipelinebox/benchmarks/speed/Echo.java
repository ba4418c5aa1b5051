package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.benchmarks.floor.PythonPool;
import dev.pipelinebox.benchmarks.floor.TcpFloor;
import dev.pipelinebox.benchmarks.floor.TcpLine;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.util.stream.Stream;

/** Tasks with large arguments and results: the throughput in each direction. */
final class Echo implements Benchmark {

    private static final int ROUNDS = 7;
    private static final int A_FEW = 4;

    /** The JVMs need some seconds to compile the code. */
    private static final int WARM_UPS = 4;

    private static final double MEBI = 1 << 20;
    private static final Goal OF_POOL = Goal.ratioAtLeast(4);

    private final String name;
    private final int bytes;
    private final int tasks;
    private final Goal ofTcp;

    Echo(String name, int bytes, int tasks, double ofTcp) {
        this.name = name;
        this.bytes = bytes;
        this.tasks = tasks;
        this.ofTcp = Goal.ratioAtLeast(ofTcp);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        int times = options.effort().amount(tasks, A_FEW);
        Series ours = new Series("bytes in tasks, runAll");
        Series tcp = new Series("echo between two JVMs over TCP");
        Series pool = new Series("multiprocessing.Pool.imap_unordered");
        try (Team<byte[], byte[]> team = Team.of(EchoBytes.class, 2);
                TcpFloor floor = TcpFloor.start();
                TcpLine line = floor.connect(bytes);
                PythonPool python = PythonPool.start()) {
            for (int warmUp = 0; warmUp < options.effort().amount(WARM_UPS, 1); warmUp++) {
                line.stream(times);
                rate(team.master(), bytes, times);
            }
            for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
                tcp.add(line.stream(times));
                ours.add(rate(team.master(), bytes, times));
                python.bytes(bytes, times).ifPresent(pool::add);
            }
        }
        report.row(ours, "MiB/s", tcp, ofTcp);
        report.row(ours, "MiB/s", pool, OF_POOL);
    }

    /** MiB a second, in each direction. */
    static double rate(Master<byte[], byte[]> master, int bytes, int tasks) {
        byte[] payload = new byte[bytes];
        payload[bytes - 1] = 1;
        long begin = System.nanoTime();
        long sum = 0;
        for (TaskResult<byte[]> result :
                master.runAll(Stream.generate(() -> payload).limit(tasks))) {
            sum += result.value().length + result.value()[bytes - 1];
        }
        double rate = bytes / MEBI * tasks / ((System.nanoTime() - begin) / 1e9);
        if (sum != tasks * (bytes + 1L)) {
            throw new IllegalStateException("Not all that was sent has come back");
        }
        return rate;
    }
}
