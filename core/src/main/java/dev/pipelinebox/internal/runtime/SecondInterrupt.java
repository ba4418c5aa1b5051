package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.internal.os.InterruptSignal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Handles Ctrl-C while the JVM ends and masters wait for their workers, when the JVM itself ignores it: the workers are
 * killed and the program ends at once. Otherwise Ctrl-C keeps the application's handler.
 */
final class SecondInterrupt {

    /** The exit code of a program that Ctrl-C has ended. */
    private static final int INTERRUPTED = 130;

    private static final Set<WorkerLaunch> ENDING = ConcurrentHashMap.newKeySet();
    private static Runnable restore = () -> {};

    private SecondInterrupt() {}

    /** From now on Ctrl-C kills the workers of this master, too, and ends the program. */
    static synchronized void add(WorkerLaunch launch) {
        if (ENDING.isEmpty()) {
            restore = InterruptSignal.handle(SecondInterrupt::end);
        }
        ENDING.add(launch);
    }

    /** The workers of this master have ended. */
    static synchronized void remove(WorkerLaunch launch) {
        if (ENDING.remove(launch) && ENDING.isEmpty()) {
            restore.run();
        }
    }

    private static void end() {
        try {
            ENDING.parallelStream().forEach(launch -> launch.killAll("Ctrl-C was pressed again"));
            ENDING.forEach(WorkerLaunch::close);
        } finally {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
    }
}
