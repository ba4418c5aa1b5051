package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.floor.Child;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** More tasks than memory: a program with a small heap, against fewer tasks in a program with a large one. */
final class Endless implements Benchmark {

    private static final int ROUNDS = 3;
    private static final int TASKS = 10_000_000;
    private static final int TASKS_TO_COMPARE = 1_000_000;
    private static final int A_FEW = 20_000;
    private static final String SMALL_HEAP = "-Xmx64m";
    private static final double MOST_GROWTH_MEBIBYTES = 8;
    private static final Goal GOAL = Goal.ratioAtLeast(0.8);

    @Override
    public String name() {
        return "endless";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        Series ours = new Series("tasks of an int, caller under " + SMALL_HEAP);
        Series floor = new Series("the same as in tiny");
        try (Team<Integer, Integer> team = Team.of(EchoNumber.class, 2)) {
            int fewer = options.effort().amount(TASKS_TO_COMPARE, A_FEW);
            int rounds = options.effort().rounds(ROUNDS);
            Tiny.rate(team.master(), fewer);
            for (int round = 0; round < rounds; round++) {
                floor.add(Tiny.rate(team.master(), fewer));
            }
            measure(options.effort().amount(TASKS, A_FEW), ours, report);
            for (int round = 0; round < rounds; round++) {
                floor.add(Tiny.rate(team.master(), fewer));
            }
        }
        report.row(ours, "1/s", floor, GOAL);
    }

    private static void measure(int tasks, Series ours, Report report) throws IOException {
        try (Child program = Child.java(EndlessInput.class, List.of(SMALL_HEAP), Integer.toString(tasks))) {
            ours.add(Double.parseDouble(program.hear()));
            double[] heap = Stream.of(program.hear().split(" ", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            double growth = heap[heap.length - 1] - heap[0];
            report.row("heap used after the first tenth", heap[0], "MiB");
            report.row("growth of the heap since then", growth, "MiB");
            if (growth > MOST_GROWTH_MEBIBYTES) {
                report.broken("the heap of the caller has grown by " + growth + " MiB in " + tasks + " tasks");
            }
        }
    }
}
