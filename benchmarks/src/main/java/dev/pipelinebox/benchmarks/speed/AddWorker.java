package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.benchmarks.floor.EmptyJvm;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.util.concurrent.TimeUnit;

/** The time from {@code addWorker} of a running master until the worker is ready. */
final class AddWorker implements Benchmark {

    private static final int ROUNDS = 9;
    private static final Goal GOAL = Goal.ratioAtMost(20);
    private static final long END_SECONDS = 60;

    @Override
    public String name() {
        return "add-worker";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        Series ours = new Series("addWorker to ready");
        Series floor = new Series("start and end of an empty JVM");
        try (Team<Integer, Integer> team = Team.of(EchoNumber.class, 1)) {
            millis(team);
            for (int round = 0; round < options.effort().rounds(ROUNDS); round++) {
                floor.add(EmptyJvm.millis());
                ours.add(millis(team));
            }
        }
        report.row(ours, "ms", floor, GOAL);
    }

    private static double millis(Team<Integer, Integer> team) throws Exception {
        long begin = System.nanoTime();
        WorkerHandle worker = team.master().addWorker();
        Team.awaitReady(worker);
        double millis = (System.nanoTime() - begin) / 1e6;
        end(worker);
        return millis;
    }

    /** So that it takes no time from the next measurement. */
    private static void end(WorkerHandle worker) throws Exception {
        ProcessHandle process = ProcessHandle.of(worker.pid()).orElse(null);
        worker.stop();
        if (process != null && !process.equals(ProcessHandle.current())) {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        }
    }
}
