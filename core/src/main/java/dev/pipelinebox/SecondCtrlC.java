package dev.pipelinebox;

import dev.pipelinebox.protocol.CtrlC;
import dev.pipelinebox.protocol.Launcher;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * While the program is ending and masters wait for their workers, Ctrl-C ends all at once. The JVM itself takes no
 * notice of it by then. Before that, and after it, Ctrl-C does what the application wants it to do.
 */
final class SecondCtrlC {

    /** The exit code of a program that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    private static final Set<Launcher> ENDING = ConcurrentHashMap.newKeySet();
    private static Runnable restore = () -> {};

    private SecondCtrlC() {}

    /** From now on a Ctrl-C kills these workers, and ends the program. */
    static synchronized void endsAtOnce(Launcher launcher) {
        if (ENDING.isEmpty()) {
            restore = CtrlC.handle(SecondCtrlC::end);
        }
        ENDING.add(launcher);
    }

    /** There is nothing more of these to be killed. */
    static synchronized void isOver(Launcher launcher) {
        if (ENDING.remove(launcher) && ENDING.isEmpty()) {
            restore.run();
        }
    }

    private static void end() {
        try {
            ENDING.parallelStream().forEach(launcher -> launcher.killAll("Ctrl-C was pressed again"));
            ENDING.forEach(Launcher::close);
        } finally {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
    }
}
