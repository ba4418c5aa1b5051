package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;

/** More workers than processors: all become ready, and their memory. */
final class Many implements Benchmark {

    private static final int WORKERS = 32;
    private static final Goal GOAL = Goal.valueAtMost(15);

    @Override
    public String name() {
        return "many";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        int size = options.effort().amount(WORKERS, 3);
        Series resident = new Series("resident memory of each");
        Series own = new Series("its part of that, with what is shared divided");
        long begin = System.nanoTime();
        try (Team<Integer, Integer> team = Team.of(EchoNumber.class, size)) {
            report.row(size + " workers, master's start to all ready", (System.nanoTime() - begin) / 1e9, "s", GOAL);
            for (WorkerHandle worker : team.workers()) {
                Memory.residentMebibytes(worker.pid()).ifPresent(resident::add);
                Memory.proportionalMebibytes(worker.pid()).ifPresent(own::add);
            }
        }
        report.row(resident, "MiB");
        report.row(own, "MiB");
    }
}
