package dev.pipelinebox.benchmarks.chaos;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time from the kill of the only worker until the next result, without and with a spare process. */
final class Replacement implements Benchmark {

    private static final int ROUNDS = 7;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SHORTEST_REST = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "replacement";
    }

    @Override
    public void run(Options options, Report report) throws Exception {
        int rounds = options.effort().rounds(ROUNDS);
        report.row(measure("no spare", 0, rounds, report), "ms");
        report.row(measure("one spare", 1, rounds, report), "ms");
    }

    private static Series measure(String variant, int spares, int rounds, Report report) throws Exception {
        Config settings = ConfigFactory.parseString("pipelinebox.worker.spares = " + spares);
        StartCounter starts = new StartCounter();
        Series millis = new Series("kill to next result, " + variant);
        try (Master<Integer, Long> master =
                Master.of(PidWorker.class).config(settings).monitor(starts).start()) {
            master.addWorker();
            for (int round = 0; round < rounds; round++) {
                long pid = ask(master);
                rest(starts);
                long killedAt = System.nanoTime();
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                long next = ask(master);
                millis.add((System.nanoTime() - killedAt) / 1e6);
                if (next == pid) {
                    report.broken("a result has come from a process after its kill");
                }
            }
        }
        return millis;
    }

    private static long ask(Master<Integer, Long> master) throws Exception {
        return master.ask(0).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Long enough for whatever is being started in the background to be ready. */
    private static void rest(StartCounter starts) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(
                Math.max(SHORTEST_REST.toNanos(), 2 * starts.longestStart().toNanos()));
    }
}
