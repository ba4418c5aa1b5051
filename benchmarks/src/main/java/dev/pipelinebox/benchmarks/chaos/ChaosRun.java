package dev.pipelinebox.benchmarks.chaos;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Answer;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Question;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Strikes;
import java.time.Duration;
import java.util.List;

/**
 * Workers are killed and frozen all the time while they run tasks; and yet every task has exactly one result and the
 * right one, no process is left, and the master's heap stays as it is.
 */
final class ChaosRun implements Benchmark {

    /** No task and no worker is given up, or held back, for its bad luck; and what is under way is soon drained. */
    private static final String SETTINGS = "pipelinebox { task.max-attempts = 1000, worker.max-start-failures = 1000,"
            + " worker.restart-backoff.max = 200 ms, run.window = 64 }";

    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        Strikes strikes = options.strikes();
        report.note("seed " + strikes.seed() + ", " + strikes.workers() + " workers, " + strikes.seconds()
                + " s, a strike every " + strikes.everyMillis() + " ms, with " + SETTINGS);
        StartCounter starts = new StartCounter();
        long closing;
        try (Master<Question, Answer> master = Master.of(ChaosWorker.class)
                .config(ConfigFactory.parseString(SETTINGS))
                .monitor(starts)
                .start()) {
            new Storm(strikes, report).rage(master);
            closing = System.nanoTime();
        }
        report.row("closing the master", (System.nanoTime() - closing) / 1e9, "s");
        report.row("workers launched", starts.launched(), "");
        report.row("workers ready", starts.ready(), "");
        report.row("longest start of a worker", starts.longestStart().toNanos() / 1e9, "s");
        report.row("tasks handed out again", starts.requeued(), "");
        List<String> left = Processes.leftAfter(END_PATIENCE);
        report.row("processes left", left.size(), "");
        left.forEach(process -> report.broken("a process is left: " + process));
    }
}
