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

/** Tasks that compute for some time: their share of two processors. */
final class Spin implements Benchmark {

    private static final int ROUNDS = 9;
    private static final int A_FEW = 10;
    private static final Goal GOAL = Goal.ratioAtLeast(0.97);

    private final String name;
    private final double millis;
    private final int tasks;
    private final int shortTasksBefore;

    private Spin(String name, double millis, int tasks, int shortTasksBefore) {
        this.name = name;
        this.millis = millis;
        this.tasks = tasks;
        this.shortTasksBefore = shortTasksBefore;
    }

    /** With so few tasks the compilation of the code around them would take minutes, hence short ones come before them. */
    static Spin warm() {
        return new Spin("spin", 10, 300, 300_000);
    }

    /** Messages come so rarely that the code around them stays as it is. */
    static Spin steady() {
        return new Spin("spin-100ms", 100, 60, 0);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        int times = options.effort().amount(tasks, A_FEW);
        long steps = Work.stepsThatTake(millis);
        Series ours = new Series("tasks of " + (int) millis + " ms of computing");
        Series floor = new Series("two JVMs that compute, each its half");
        try (Team<Long, Long> team = Team.of(Computing.class, 2);
                BusyJvms busy = new BusyJvms(2)) {
            rate(team, options.effort().amount(shortTasksBefore, A_FEW), 1);
            rate(team, times, steps);
            busy.rate(times, steps);
            for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
                floor.add(busy.rate(times, steps));
                ours.add(rate(team, times, steps));
            }
        }
        report.row(ours, "1/s", floor, GOAL);
    }

    /** How many a second. */
    static double rate(Team<Long, Long> team, int tasks, long steps) {
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
