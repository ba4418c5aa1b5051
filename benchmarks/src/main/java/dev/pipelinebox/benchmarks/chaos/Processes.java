package dev.pipelinebox.benchmarks.chaos;

import java.time.Duration;
import java.util.List;

/** The processes that come from this JVM. */
final class Processes {

    private static final long LOOK_EVERY_MILLIS = 50;

    /** It makes the class-data archive, belongs to no master, and ends by itself. */
    private static final String ARCHIVE_TRAINING = "dev.pipelinebox.internal.worker.ArchiveTraining";

    private Processes() {}

    /** Waits until none is left, and returns those that still are when the patience is over. */
    static List<String> leftAfter(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        List<String> left = living();
        while (!left.isEmpty() && System.nanoTime() - end < 0) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            left = living();
        }
        return left;
    }

    private static List<String> living() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .filter(line -> !line.contains(ARCHIVE_TRAINING))
                .toList();
    }
}
