package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.benchmarks.floor.BusyJvms;
import dev.pipelinebox.benchmarks.floor.Work;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.util.Collections;

/** Tasks of 10 ms of computing: their share of two processors. */
final class Spin implements Benchmark {

    private static final int ROUNDS = 9;
    private static final int TASKS = 300;
    private static final int A_FEW = 10;

    /** With so few tasks the compilation of the code around them would take minutes. */
    private static final int SHORT_TASKS_BEFORE = 300_000;

    private static final double MILLIS = 10;
    private static final Goal GOAL = Goal.ratioAtLeast(0.95);

    @Override
    public String name() {
        return "spin";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        int tasks = options.effort().amount(TASKS, A_FEW);
        long steps = Work.stepsThatTake(MILLIS);
        Series ours = new Series("tasks of 10 ms of computing");
        Series floor = new Series("two JVMs that compute, each its half");
        try (Team<Long, Long> team = Team.of(Computing.class, 2);
                BusyJvms busy = new BusyJvms(2)) {
            rate(team, options.effort().amount(SHORT_TASKS_BEFORE, A_FEW), 1);
            rate(team, tasks, steps);
            busy.rate(tasks, steps);
            for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
                floor.add(busy.rate(tasks, steps));
                ours.add(rate(team, tasks, steps));
            }
        }
        report.row(ours, "1/s", floor, GOAL);
    }

    private static double rate(Team<Long, Long> team, int tasks, long steps) {
        long right = Work.compute(steps);
        long begin = System.nanoTime();
        for (TaskResult<Long> result : team.master().runAll(Collections.nCopies(tasks, steps))) {
            if (result.value() != right) {
                throw new IllegalStateException("A task has a wrong result");
            }
        }
        return tasks / ((System.nanoTime() - begin) / 1e9);
    }
}
