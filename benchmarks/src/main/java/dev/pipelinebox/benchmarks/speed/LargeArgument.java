package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;

/** One very large argument and result: a check that it works. */
final class LargeArgument implements Benchmark {

    private static final int ROUNDS = 3;
    private static final int BYTES = 256 << 20;
    private static final int A_FEW_BYTES = 3 << 20;

    @Override
    public String name() {
        return "echo-256MiB";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        int bytes = options.effort().amount(BYTES, A_FEW_BYTES);
        Series ours = new Series("bytes in one task");
        try (Team<byte[], byte[]> team = Team.of(EchoBytes.class, 2)) {
            for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
                ours.add(Echo.rate(team.master(), bytes, 1));
            }
        }
        report.row(ours, "MiB/s");
    }
}
