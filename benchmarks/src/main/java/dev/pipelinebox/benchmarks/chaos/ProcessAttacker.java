package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.api.WorkerHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** Kills or freezes worker processes at random. Not thread-safe. */
final class ProcessAttacker {

    private static final int SHORTEST_STOP_MILLIS = 100;
    private static final int LONGEST_STOP_MILLIS = 2_000;

    private final List<WorkerHandle> workers;
    private final SplittableRandom random;
    private final List<Process> stopped = new ArrayList<>();
    private int kills;
    private int stops;
    private int misses;

    ProcessAttacker(List<WorkerHandle> workers, SplittableRandom random) {
        this.workers = List.copyOf(workers);
        this.random = random;
    }

    /** Kills a worker, or freezes it for a while, whether it runs tasks, starts or is frozen already. */
    void attack() throws IOException {
        boolean isKill = random.nextBoolean();
        long stopMillis = random.nextInt(SHORTEST_STOP_MILLIS, LONGEST_STOP_MILLIS + 1);
        List<ProcessHandle> living = living();
        if (living.isEmpty()) {
            misses++;
            return;
        }
        ProcessHandle victim = living.get(random.nextInt(living.size()));
        if (isKill) {
            kills += victim.destroyForcibly() ? 1 : 0;
        } else {
            stopped.removeIf(stop -> !stop.isAlive());
            stopped.add(stop(victim.pid(), stopMillis / 1000.0));
            stops++;
        }
    }

    /** Waits until every frozen process continues. */
    void awaitContinued() throws InterruptedException {
        for (Process stop : stopped) {
            stop.waitFor();
        }
    }

    int kills() {
        return kills;
    }

    int stops() {
        return stops;
    }

    /** How often there was no process. */
    int misses() {
        return misses;
    }

    /** The workers' processes, and never another process that reuses the id of a dead one. */
    private List<ProcessHandle> living() {
        Optional<ProcessHandle> parent = Optional.of(ProcessHandle.current());
        return workers.stream()
                .flatMap(worker -> ProcessHandle.of(worker.pid()).stream())
                .filter(process -> process.isAlive() && process.parent().equals(parent))
                .toList();
    }

    /** A shell continues the process, so no worker stays frozen if this JVM is killed meanwhile. */
    private static Process stop(long pid, double seconds) throws IOException {
        String line = String.format(Locale.ROOT, "kill -STOP %d && sleep %.3f; kill -CONT %d", pid, seconds, pid);
        return new ProcessBuilder("sh", "-c", line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
