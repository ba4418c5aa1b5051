package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.benchmarks.floor.Schedule;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Short tasks and, last in the input, a few long ones. A pool that dispatches them by the dozen gives several of them
 * to one worker while another one idles.
 */
final class Uneven implements Benchmark {

    private static final int ROUNDS = 5;
    private static final int TASKS = 1_000;
    private static final int LONG_ONES = 9;
    private static final int A_FEW = 50;
    private static final int SHORT_MILLIS = 1;
    private static final int LONG_MILLIS = 500;
    private static final Goal GOAL = Goal.ratioAtMost(1.1);

    @Override
    public String name() {
        return "uneven";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        List<Integer> tasks =
                new ArrayList<>(Collections.nCopies(options.effort().amount(TASKS - LONG_ONES, A_FEW), SHORT_MILLIS));
        tasks.addAll(Collections.nCopies(options.effort().amount(LONG_ONES, 1), LONG_MILLIS));
        Series ours = new Series("first task to last result");
        Series floor = new Series("the next task to the first free worker, same durations");
        try (Team<Integer, Long> team = Team.of(Lasting.class, 2)) {
            for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
                Map<Long, Long> durations = new TreeMap<>();
                long begin = System.nanoTime();
                for (TaskResult<Long> result : team.master().runAll(tasks)) {
                    durations.put(result.taskId(), result.value());
                }
                ours.add((System.nanoTime() - begin) / 1e6);
                floor.add(Schedule.length(durations.values(), 2) / 1e6);
            }
        }
        report.row(ours, "ms", floor, GOAL);
    }
}
