package dev.pipelinebox.benchmarks.chaos;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Reply;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Request;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.ChaosOptions;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import java.time.Duration;
import java.util.List;

/**
 * Workers are killed and frozen, and their links broken, while they run tasks. Every task must still have exactly one
 * result and the right one, no process must be left, and the master's heap must not grow.
 */
final class ChaosRun implements Benchmark {

    /**
     * No task and no worker is given up or backs off for long, and few tasks are in flight, so the run drains soon. A worker
     * whose link was fed half a frame is silent until the timeout for its answers, which is longer than any stop.
     */
    private static final String SETTINGS = "pipelinebox { task.max-attempts = 1000, worker.max-start-failures = 1000,"
            + " worker.restart-backoff.max = 200 ms, worker.answer-timeout = 5 s, run.window = 64 }";

    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        ChaosOptions chaos = options.chaos();
        report.note("seed " + chaos.seed() + ", " + chaos.workers() + " workers, " + chaos.seconds()
                + " s, a fault every " + chaos.everyMillis() + " ms, with " + SETTINGS);
        StartCounter starts = new StartCounter();
        long closing;
        try (Master<Request, Reply> master = Master.of(ChaosWorker.class)
                .config(ConfigFactory.parseString(SETTINGS))
                .monitor(starts)
                .start()) {
            new ChaosLoad(chaos, report).run(master);
            closing = System.nanoTime();
        }
        report.row("closing the master", (System.nanoTime() - closing) / 1e9, "s");
        report.row("workers launched", starts.launched(), "");
        report.row("workers ready", starts.ready(), "");
        report.row("longest start of a worker", starts.longestStart().toNanos() / 1e9, "s");
        report.row("tasks requeued", starts.requeued(), "");
        List<String> left = Processes.leftAfter(END_PATIENCE);
        report.row("processes left", left.size(), "");
        left.forEach(process -> report.broken("a process is left: " + process));
    }
}
