package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.floor.PythonPool;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.io.IOException;
import java.util.Optional;

/** The throughput of the first tasks of a fresh program, against that of something else that is as fresh. */
final class ColdRate implements Benchmark {

    private static final int ROUNDS = 5;
    private static final int A_FEW = 20;

    /** Measures one round. */
    private interface Round {

        Optional<Double> rate(int times) throws Exception;
    }

    private final String name;
    private final int times;
    private final String unit;
    private final Goal goal;
    private final String what;
    private final Round ours;
    private final String against;
    private final Round floor;

    private ColdRate(
            String name, int times, String unit, Goal goal, String what, Round ours, String against, Round floor) {
        this.name = name;
        this.times = times;
        this.unit = unit;
        this.goal = goal;
        this.what = what;
        this.ours = ours;
        this.against = against;
        this.floor = floor;
    }

    static ColdRate tiny() {
        return new ColdRate(
                "tiny-cold",
                1_000_000,
                "1/s",
                Goal.valueAtLeast(800_000),
                "the first tasks of an int, runAll",
                times -> program("tiny", times),
                "multiprocessing.Pool.imap_unordered in chunks of 256",
                times -> python(pool -> pool.numbers("imap_unordered", 256, times)));
    }

    static ColdRate echo(String name, int bytes, int times, double goal) {
        return new ColdRate(
                name,
                times,
                "MiB/s",
                Goal.ratioAtLeast(goal),
                "the first bytes in tasks, runAll",
                amount -> program("echo", amount, bytes),
                "multiprocessing.Pool.imap_unordered",
                amount -> python(pool -> pool.bytes(bytes, amount)));
    }

    private static Optional<Double> program(String kind, long... numbers) throws IOException {
        String[] arguments = new String[numbers.length + 1];
        arguments[0] = kind;
        for (int i = 0; i < numbers.length; i++) {
            arguments[i + 1] = String.valueOf(numbers[i]);
        }
        return Optional.of(ColdProgram.run(arguments).get(0));
    }

    /** What a pool of Python is asked. */
    private interface PythonRate {

        Optional<Double> of(PythonPool pool) throws IOException;
    }

    private static Optional<Double> python(PythonRate rate) throws IOException {
        try (PythonPool pool = PythonPool.start()) {
            return rate.of(pool);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        Series measured = new Series(what);
        Series floored = new Series(against);
        int amount = options.effort().amount(times, A_FEW);
        for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
            floor.rate(amount).ifPresent(floored::add);
            ours.rate(amount).ifPresent(measured::add);
        }
        report.row(measured, unit, floored, goal);
    }
}
