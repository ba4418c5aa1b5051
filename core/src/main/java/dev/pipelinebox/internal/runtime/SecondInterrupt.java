package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.internal.launch.WorkerStarter;
import dev.pipelinebox.internal.os.InterruptSignal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * While the program is ending and masters wait for their workers, Ctrl-C ends all at once. The JVM itself takes no
 * notice of it by then. Before that, and after it, Ctrl-C does what the application wants it to do.
 */
final class SecondInterrupt {

    /** The exit code of a program that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    private static final Set<WorkerStarter> ENDING = ConcurrentHashMap.newKeySet();
    private static Runnable restore = () -> {};

    private SecondInterrupt() {}

    /** From now on a Ctrl-C kills these workers, and ends the program. */
    static synchronized void endsAtOnce(WorkerStarter starter) {
        if (ENDING.isEmpty()) {
            restore = InterruptSignal.handle(SecondInterrupt::end);
        }
        ENDING.add(starter);
    }

    /** There is nothing more of these to be killed. */
    static synchronized void isOver(WorkerStarter starter) {
        if (ENDING.remove(starter) && ENDING.isEmpty()) {
            restore.run();
        }
    }

    private static void end() {
        try {
            ENDING.parallelStream().forEach(starter -> starter.killAll("Ctrl-C was pressed again"));
            ENDING.forEach(WorkerStarter::close);
        } finally {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
    }
}
