package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Reply;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Request;
import dev.pipelinebox.benchmarks.chaos.ProcessAttacker.Fault;
import dev.pipelinebox.benchmarks.frame.ChaosOptions;
import dev.pipelinebox.benchmarks.frame.Heap;
import dev.pipelinebox.benchmarks.frame.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of requests through a master, while its workers are killed and frozen. */
final class ChaosLoad {

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(60);
    private static final double MOST_GROWTH_MEBIBYTES = 16;

    /** After this part of the time the heap counts as warm. */
    private static final double WARM = 1.0 / 6;

    private static final double HALFWAY = 1.0 / 2;

    private final ChaosOptions options;
    private final Report report;
    private final ResultChecker checker;
    private final List<Double> heap = new ArrayList<>();

    ChaosLoad(ChaosOptions options, Report report) {
        this.options = options;
        this.report = report;
        this.checker = new ResultChecker(options.seed());
    }

    void run(Master<Request, Reply> master) throws Exception {
        Optional<LinkAttacker> links = LinkAttacker.start();
        if (links.isEmpty()) {
            report.note("links are left alone, since there is no python3");
        }
        try {
            run(master, new ProcessAttacker(start(master), new SplittableRandom(options.seed()), links));
        } finally {
            links.ifPresent(LinkAttacker::close);
        }
    }

    private void run(Master<Request, Reply> master, ProcessAttacker attacker) throws Exception {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(options.seconds());
        checker.startClock();
        Results<Reply> results = master.runAll(() -> checker.requestsUntil(end));
        FutureTask<Void> reading = read(results);
        attackUntil(end, begin, attacker);
        attacker.awaitContinued();
        try {
            reading.get(DRAIN_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            report.broken("not all results have come within " + DRAIN_PATIENCE.toSeconds() + " s after the last fault");
        }
        double took = (System.nanoTime() - begin) / 1e9;
        heap.add(Heap.usedMebibytes());
        checker.complaints().forEach(report::broken);
        reportTasks(attacker, took);
        reportHeap();
    }

    private List<WorkerHandle> start(Master<Request, Reply> master) throws Exception {
        List<WorkerHandle> workers = new ArrayList<>();
        for (int i = 0; i < options.workers(); i++) {
            workers.add(master.addWorker());
        }
        for (WorkerHandle worker : workers) {
            worker.ready().toCompletableFuture().get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        return workers;
    }

    private FutureTask<Void> read(Results<Reply> results) {
        FutureTask<Void> reading = new FutureTask<>(() -> {
            for (TaskResult<Reply> result : results) {
                checker.enter(result);
            }
            return null;
        });
        Thread thread = new Thread(reading, "chaos-reader");
        thread.setDaemon(true);
        thread.start();
        return reading;
    }

    private void attackUntil(long end, long begin, ProcessAttacker attacker) throws InterruptedException, IOException {
        long next = begin;
        while (next - end < 0) {
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            attacker.attack();
            next += TimeUnit.MILLISECONDS.toNanos(options.everyMillis());
            double part = (double) (next - begin) / (end - begin);
            if ((heap.isEmpty() && part >= WARM) || (heap.size() == 1 && part >= HALFWAY)) {
                heap.add(Heap.usedMebibytes());
            }
        }
        TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
    }

    private void reportTasks(ProcessAttacker attacker, double took) {
        report.row("seed", options.seed(), "");
        report.row("kills survived", attacker.survived(Fault.KILL), "");
        report.row("stops survived", attacker.survived(Fault.STOP), "");
        report.row("cut links survived", attacker.survived(Fault.CUT_LINK), "");
        report.row("half frames survived", attacker.survived(Fault.HALF_A_FRAME), "");
        report.row("stalled links survived", attacker.survived(Fault.STALLED_LINK), "");
        report.row("faults without a process", attacker.misses(), "");
        report.row("tasks done", checker.done(), "");
        report.row("tasks a second", checker.done() / took, "1/s");
        report.row("longest time without a result", checker.longestGap().toNanos() / 1e9, "s");
        report.row("results that were failures", checker.failures(), "");
        report.row("draining after the last fault", took - options.seconds(), "s");
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
