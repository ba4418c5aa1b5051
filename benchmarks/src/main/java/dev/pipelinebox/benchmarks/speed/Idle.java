package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The memory of idle workers, and the processor time of a pool that has nothing or little to do. */
final class Idle implements Benchmark {

    private static final int WORKERS = 8;
    private static final int SECONDS = 20;

    /** Workers join the cluster ten seconds after they are ready. */
    private static final int REST_SECONDS = 25;

    private static final int TASKS_A_SECOND = 20;
    private static final Goal MEMORY = Goal.valueAtMost(100);
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
            for (WorkerHandle worker : team.workers()) {
                Memory.residentMebibytes(worker.pid()).ifPresent(resident::add);
                Memory.proportionalMebibytes(worker.pid()).ifPresent(own::add);
            }
            report.row(resident, "MiB", MEMORY);
            report.row(own, "MiB");
            report(report, "idle", team, () -> TimeUnit.SECONDS.sleep(seconds));
            report(report, "20 tasks/s", team, () -> askNowAndThen(team, seconds));
        }
    }

    private interface Load {
        void run() throws Exception;
    }

    private static void report(Report report, String load, Team<?, ?> team, Load during) throws Exception {
        List<ProcessHandle> processes = Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        team.workers().stream().flatMap(worker -> ProcessHandle.of(worker.pid()).stream()))
                .toList();
        double[] before = cpuSeconds(processes);
        long begin = System.nanoTime();
        during.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double[] after = cpuSeconds(processes);
        List<Double> percents = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            percents.add((after[i] - before[i]) / seconds * 100);
        }
        Series workers = new Series(load + ": processor time of a worker");
        percents.stream().skip(1).forEach(workers::add);
        report.row(workers, "% of a core");
        report.row(
                load + ": the same of the busiest",
                percents.stream().skip(1).max(Double::compare).orElse(0.0),
                "% of a core",
                PROCESSOR);
        report.row(load + ": the same of the caller", percents.get(0), "% of a core", PROCESSOR);
    }

    private static void askNowAndThen(Team<Integer, Integer> team, int seconds) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < seconds * TASKS_A_SECOND; i++) {
            long due = begin + TimeUnit.SECONDS.toNanos(i) / TASKS_A_SECOND;
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            team.ask(1);
        }
    }

    private static double[] cpuSeconds(List<ProcessHandle> processes) {
        return processes.stream()
                .mapToDouble(process -> process.info()
                        .totalCpuDuration()
                        .map(used -> used.toNanos() / 1e9)
                        .orElse(0.0))
                .toArray();
    }
}
