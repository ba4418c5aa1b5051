package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.api.WorkerHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** Kills or freezes a worker's process, whichever the dice say. Not thread-safe. */
final class Troublemaker {

    private static final int SHORTEST_STOP_MILLIS = 100;
    private static final int LONGEST_STOP_MILLIS = 2_000;

    private final List<WorkerHandle> workers;
    private final SplittableRandom random;
    private final List<Process> stopped = new ArrayList<>();
    private int kills;
    private int stops;
    private int misses;

    Troublemaker(List<WorkerHandle> workers, SplittableRandom random) {
        this.workers = List.copyOf(workers);
        this.random = random;
    }

    /** Kills a worker, or stops it for a while, be it at work, starting or stopped already. */
    void strike() throws IOException {
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

    /** Waits until every process that was stopped runs on. */
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

    /** How often there was just no process to strike. */
    int misses() {
        return misses;
    }

    /** The workers' processes, and never a stranger that was given the number of a dead one. */
    private List<ProcessHandle> living() {
        Optional<ProcessHandle> parent = Optional.of(ProcessHandle.current());
        return workers.stream()
                .flatMap(worker -> ProcessHandle.of(worker.pid()).stream())
                .filter(process -> process.isAlive() && process.parent().equals(parent))
                .toList();
    }

    /** Not this JVM but a shell lets it go on, so no worker stays frozen if this JVM is killed meanwhile. */
    private static Process stop(long pid, double seconds) throws IOException {
        String line = String.format(Locale.ROOT, "kill -STOP %d && sleep %.3f; kill -CONT %d", pid, seconds, pid);
        return new ProcessBuilder("sh", "-c", line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
