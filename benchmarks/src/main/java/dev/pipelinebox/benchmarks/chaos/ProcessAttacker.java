package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.api.WorkerHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Kills or freezes worker processes, or breaks their links, at random. Not thread-safe. */
final class ProcessAttacker {

    private static final int SHORTEST_STOP_MILLIS = 100;
    private static final int LONGEST_STOP_MILLIS = 2_000;

    private final List<WorkerHandle> workers;
    private final SplittableRandom random;
    private final Optional<LinkAttacker> links;
    private final List<Process> stopped = new ArrayList<>();
    private final Map<Fault, Integer> survived = new EnumMap<>(Fault.class);
    private int misses;

    /** What happens to a worker. */
    enum Fault {
        KILL,
        STOP,
        CUT_LINK,
        HALF_A_FRAME,
        STALLED_LINK;

        /** Of the processes; the others need an attacker of links. */
        private static final List<Fault> OF_PROCESSES = List.of(KILL, STOP);
    }

    ProcessAttacker(List<WorkerHandle> workers, SplittableRandom random, Optional<LinkAttacker> links) {
        this.workers = List.copyOf(workers);
        this.random = random;
        this.links = links;
    }

    /** Applies a fault to a worker, whether it runs tasks, starts or is frozen already. */
    void attack() throws IOException {
        List<Fault> faults = links.isPresent() ? List.of(Fault.values()) : Fault.OF_PROCESSES;
        Fault fault = faults.get(random.nextInt(faults.size()));
        long stopMillis = random.nextInt(SHORTEST_STOP_MILLIS, LONGEST_STOP_MILLIS + 1);
        List<ProcessHandle> living = living();
        if (living.isEmpty()) {
            misses++;
            return;
        }
        ProcessHandle victim = living.get(random.nextInt(living.size()));
        if (apply(victim, fault, stopMillis / 1000.0)) {
            survived.merge(fault, 1, Integer::sum);
        } else {
            misses++;
        }
    }

    private boolean apply(ProcessHandle victim, Fault fault, double seconds) throws IOException {
        LinkAttacker link = links.orElse(null);
        if (fault == Fault.KILL) {
            return victim.destroyForcibly();
        } else if (fault == Fault.STOP || link == null) {
            stopped.removeIf(stop -> !stop.isAlive());
            stopped.add(stop(victim.pid(), seconds));
            return true;
        }
        return switch (fault) {
            case CUT_LINK -> link.cut(victim.pid());
            case HALF_A_FRAME -> link.feedHalfAFrame(victim.pid());
            default -> link.stall(victim.pid(), seconds);
        };
    }

    /** Waits until every frozen process continues. */
    void awaitContinued() throws InterruptedException {
        for (Process stop : stopped) {
            stop.waitFor();
        }
    }

    /** How often each fault happened. */
    int survived(Fault fault) {
        return survived.getOrDefault(fault, 0);
    }

    /** How often there was no process, or it had no link. */
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
