package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.floor.Child;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.io.IOException;
import java.util.List;

/**
 * The time from {@code main} of a fresh program to the first result of its first worker, against the same with workers
 * that have a JVM's default flags and no class-data archive.
 */
final class Start implements Benchmark {

    private static final int ROUNDS = 7;
    private static final Goal GOAL = Goal.ratioAtMost(0.5);

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        String plain = PlainJvm.settings();
        report.note("plain is " + plain);
        Series ours = new Series("main to first result");
        Series floor = new Series("the same with plain worker JVMs");
        if (!options.effort().quick()) {
            // Makes the archive, if there is none; and the disk's cache is warm for both.
            millis("");
            millis(plain);
        }
        for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
            floor.add(millis(plain));
            ours.add(millis(""));
        }
        report.row(ours, "ms", floor, GOAL);
    }

    private static double millis(String settings) throws IOException {
        try (Child program = Child.java(FirstResult.class, List.of(), settings)) {
            return Double.parseDouble(program.hear());
        }
    }
}
