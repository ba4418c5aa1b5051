package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.floor.BusyJvms;
import dev.pipelinebox.benchmarks.floor.Work;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;

/** The first two seconds of a fresh program with tasks of 10 ms of computing. */
final class ColdSpin implements Benchmark {

    private static final int ROUNDS = 5;
    private static final int TASKS = 400;
    private static final int A_FEW = 10;
    private static final double MILLIS = 10;
    private static final Goal GOAL = Goal.ratioAtLeast(0.97);

    @Override
    public String name() {
        return "spin-cold";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        int tasks = options.effort().amount(TASKS, A_FEW);
        long steps = Work.stepsThatTake(MILLIS);
        Series ours = new Series("the first tasks of 10 ms of computing");
        Series floor = new Series("two JVMs that compute, each its half");
        for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
            try (BusyJvms busy = new BusyJvms(2)) {
                floor.add(busy.rate(tasks, steps));
            }
            ours.add(ColdProgram.run("spin", String.valueOf(tasks), String.valueOf(steps))
                    .get(0));
        }
        report.row(ours, "1/s", floor, GOAL);
    }
}
