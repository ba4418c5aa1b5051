package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Answer;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Question;
import dev.pipelinebox.benchmarks.frame.Heap;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Strikes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of questions through a master whose workers are struck meanwhile. */
final class Storm {

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(60);
    private static final double MOST_GROWTH_MEBIBYTES = 16;

    /** When this part of the time is over, the heap is taken to be warm. */
    private static final double WARM = 1.0 / 6;

    private static final double HALFWAY = 1.0 / 2;

    private final Strikes strikes;
    private final Report report;
    private final Ledger ledger;
    private final List<Double> heap = new ArrayList<>();

    Storm(Strikes strikes, Report report) {
        this.strikes = strikes;
        this.report = report;
        this.ledger = new Ledger(strikes.seed());
    }

    void rage(Master<Question, Answer> master) throws Exception {
        Troublemaker trouble = new Troublemaker(start(master), new SplittableRandom(strikes.seed()));
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(strikes.seconds());
        ledger.startClock();
        Results<Answer> results = master.runAll(() -> ledger.questionsUntil(end));
        FutureTask<Void> reading = read(results);
        strikeUntil(end, begin, trouble);
        trouble.awaitContinued();
        try {
            reading.get(DRAIN_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            report.broken(
                    "not all results have come within " + DRAIN_PATIENCE.toSeconds() + " s after the last strike");
        }
        double took = (System.nanoTime() - begin) / 1e9;
        heap.add(Heap.usedMebibytes());
        ledger.complaints().forEach(report::broken);
        reportTasks(trouble, took);
        reportHeap();
    }

    private List<WorkerHandle> start(Master<Question, Answer> master) throws Exception {
        List<WorkerHandle> workers = new ArrayList<>();
        for (int i = 0; i < strikes.workers(); i++) {
            workers.add(master.addWorker());
        }
        for (WorkerHandle worker : workers) {
            worker.ready().toCompletableFuture().get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        return workers;
    }

    private FutureTask<Void> read(Results<Answer> results) {
        FutureTask<Void> reading = new FutureTask<>(() -> {
            for (TaskResult<Answer> result : results) {
                ledger.enter(result);
            }
            return null;
        });
        Thread thread = new Thread(reading, "chaos-reader");
        thread.setDaemon(true);
        thread.start();
        return reading;
    }

    private void strikeUntil(long end, long begin, Troublemaker trouble) throws InterruptedException, IOException {
        long next = begin;
        while (next - end < 0) {
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            trouble.strike();
            next += TimeUnit.MILLISECONDS.toNanos(strikes.everyMillis());
            double part = (double) (next - begin) / (end - begin);
            if ((heap.isEmpty() && part >= WARM) || (heap.size() == 1 && part >= HALFWAY)) {
                heap.add(Heap.usedMebibytes());
            }
        }
        TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
    }

    private void reportTasks(Troublemaker trouble, double took) {
        report.row("seed", strikes.seed(), "");
        report.row("kills survived", trouble.kills(), "");
        report.row("stops survived", trouble.stops(), "");
        report.row("strikes without a process to hit", trouble.misses(), "");
        report.row("tasks done", ledger.done(), "");
        report.row("tasks a second", ledger.done() / took, "1/s");
        report.row("longest time without a result", ledger.longestGap().toNanos() / 1e9, "s");
        report.row("results that were failures", ledger.failures(), "");
        report.row("draining after the last strike", took - strikes.seconds(), "s");
    }

    private void reportHeap() {
        double warm = heap.get(0);
        double last = heap.get(heap.size() - 1);
        report.row("master's heap when warm", warm, "MiB");
        if (heap.size() > 2) {
            report.row("master's heap halfway", heap.get(1), "MiB");
        }
        report.row("master's heap at the end", last, "MiB");
        report.row("growth of the heap", last - warm, "MiB");
        if (last - warm > MOST_GROWTH_MEBIBYTES) {
            report.broken(String.format(
                    "the master's heap grew from %.1f to %.1f MiB, more than %.0f", warm, last, MOST_GROWTH_MEBIBYTES));
        }
    }
}
