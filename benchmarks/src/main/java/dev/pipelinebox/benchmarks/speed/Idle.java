package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The memory and processor time of idle workers. */
final class Idle implements Benchmark {

    private static final int WORKERS = 8;
    private static final int SECONDS = 10;
    private static final int REST_SECONDS = 3;
    private static final Goal MEMORY = Goal.valueAtMost(110);
    private static final Goal PROCESSOR = Goal.valueAtMost(1);

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        int seconds = options.effort().amount(SECONDS, 1);
        Series resident = new Series("resident memory of an idle worker");
        Series own = new Series("its part of that, with what is shared divided");
        try (Team<Integer, Integer> team =
                Team.of(EchoNumber.class, options.effort().amount(WORKERS, 2))) {
            TimeUnit.SECONDS.sleep(options.effort().amount(REST_SECONDS, 0));
            double[] before = cpuSeconds(team.workers());
            TimeUnit.SECONDS.sleep(seconds);
            double[] after = cpuSeconds(team.workers());
            Series used = new Series("processor time of an idle worker");
            double most = 0;
            for (int i = 0; i < before.length; i++) {
                double percent = (after[i] - before[i]) / seconds * 100;
                used.add(percent);
                most = Math.max(most, percent);
            }
            for (WorkerHandle worker : team.workers()) {
                Memory.residentMebibytes(worker.pid()).ifPresent(resident::add);
                Memory.proportionalMebibytes(worker.pid()).ifPresent(own::add);
            }
            report.row(resident, "MiB", MEMORY);
            report.row(own, "MiB");
            report.row(used, "% of a core");
            report.row("the same of the busiest", most, "% of a core", PROCESSOR);
        }
    }

    private static double[] cpuSeconds(List<WorkerHandle> workers) {
        return workers.stream()
                .mapToDouble(worker -> ProcessHandle.of(worker.pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .map(used -> used.toNanos() / 1e9)
                        .orElse(0.0))
                .toArray();
    }
}
