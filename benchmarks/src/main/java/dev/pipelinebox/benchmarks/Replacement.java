package dev.pipelinebox.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        measure("no spare", 0, report);
        measure("one spare", 1, report);
    }

    private static void measure(String variant, int spares, Report report) throws Exception {
        Config settings = ConfigFactory.parseString("pipelinebox.worker.spares = " + spares);
        StartCounter starts = new StartCounter();
        List<Double> millis = new ArrayList<>();
        try (Master<Integer, Long> master =
                Master.of(PidWorker.class).config(settings).monitor(starts).start()) {
            master.addWorker();
            for (int round = 0; round < ROUNDS; round++) {
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
        Collections.sort(millis);
        report.row("kill to next result, " + variant + ", median", millis.get(ROUNDS / 2), "ms");
        report.row("kill to next result, " + variant + ", best", millis.get(0), "ms");
        report.row("kill to next result, " + variant + ", worst", millis.get(ROUNDS - 1), "ms");
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
