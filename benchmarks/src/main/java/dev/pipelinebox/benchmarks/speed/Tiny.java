package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.benchmarks.floor.PythonPool;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Many tasks with almost no work: the cost of a task itself. */
final class Tiny implements Benchmark {

    private static final int ROUNDS = 5;

    /** Three JVMs need a few seconds to compile the code. */
    private static final int ROUNDS_TO_COMPILE = 12;

    private static final int TASKS = 1_000_000;
    private static final int TASKS_ONE_BY_ONE = 20_000;
    private static final int A_FEW = 2_000;
    private static final List<Integer> CHUNKS = List.of(16, 256);
    private static final Goal OF_BEST_CHUNK = Goal.ratioAtLeast(1);
    private static final Goal OF_CHUNK_OF_ONE = Goal.ratioAtLeast(40);

    @Override
    public String name() {
        return "tiny";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        int tasks = options.effort().amount(TASKS, A_FEW);
        int oneByOne = options.effort().amount(TASKS_ONE_BY_ONE, A_FEW);
        Series ours = new Series("tasks of an int, runAll");
        Series best = new Series("multiprocessing.Pool, best of map and imap_unordered in chunks of 16 and 256");
        Series one = new Series("multiprocessing.Pool, best of map and imap_unordered in chunks of 1");
        try (Team<Integer, Integer> team = Team.of(EchoNumber.class, 2);
                PythonPool python = PythonPool.start()) {
            for (int round = 0; round < options.effort().amount(ROUNDS_TO_COMPILE, 1); round++) {
                rate(team.master(), tasks);
            }
            for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
                ours.add(rate(team.master(), tasks));
                rate(python, CHUNKS, tasks).ifPresent(best::add);
                rate(python, List.of(1), oneByOne).ifPresent(one::add);
            }
        }
        report.row(ours, "1/s", best, OF_BEST_CHUNK);
        report.row(ours, "1/s", one, OF_CHUNK_OF_ONE);
    }

    /** The numbers from 0 on, like the range that Python's pools get. */
    private static final class Range extends AbstractList<Integer> {
        private final int size;

        Range(int size) {
            this.size = size;
        }

        @Override
        public Integer get(int index) {
            return index;
        }

        @Override
        public int size() {
            return size;
        }
    }

    /** How many a second. */
    static double rate(Master<Integer, Integer> master, int tasks) {
        long begin = System.nanoTime();
        long sum = 0;
        for (TaskResult<Integer> result : master.runAll(new Range(tasks))) {
            sum += result.value();
        }
        double rate = tasks / ((System.nanoTime() - begin) / 1e9);
        if (sum != (long) tasks * (tasks - 1) / 2) {
            throw new IllegalStateException("The results of " + tasks + " tasks add up to " + sum);
        }
        return rate;
    }

    private static Optional<Double> rate(PythonPool python, List<Integer> chunks, int tasks) throws IOException {
        Optional<Double> best = Optional.empty();
        for (int chunk : chunks) {
            for (String how : List.of("map", "imap_unordered")) {
                best = Stream.concat(best.stream(), python.numbers(how, chunk, tasks).stream())
                        .max(Double::compare);
            }
        }
        return best;
    }
}
