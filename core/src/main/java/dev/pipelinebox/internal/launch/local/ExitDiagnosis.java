package dev.pipelinebox.internal.launch.local;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerExit.Cause;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.os.Capability;
import java.util.Map;

/**
 * Says how a process ended, from what it left.
 *
 * @param exitCode its exit code
 * @param killReason why the master killed it; empty if it did not
 * @param output the last of its output
 * @param outOfMemory what the JVM said when it ran out of memory; empty if it did not say so
 * @param crashReport the JVM's crash report; empty if there is none
 */
record ExitDiagnosis(int exitCode, String killReason, String output, String outOfMemory, String crashReport) {

    /** The exit code of a JVM that was started with -XX:+ExitOnOutOfMemoryError and ran out of memory. */
    static final int OUT_OF_MEMORY_EXIT = 3;

    private static final int KILLED = 128 + 9;
    private static final int ABORTED = 128 + 6;
    private static final String JVM_CRASHED = "A fatal error has been detected by the Java Runtime Environment";

    /** POSIX signal numbers that are the same on Linux and macOS. */
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV",
            13, "SIGPIPE", 15, "SIGTERM");

    WorkerExit of(long pid) {
        Cause cause = cause();
        return new WorkerExit(pid, exitCode, cause, reason(cause), output, crashReport, "");
    }

    /** A process that the master was about to kill may have come to another end before. */
    private Cause cause() {
        boolean killed = !killReason.isEmpty() && (exitCode == KILLED || !Capability.EXIT_SIGNALS.isThere());
        if (killed || exitCode == Bootstrap.MASTER_LOST_EXIT) {
            return Cause.KILLED_BY_MASTER;
        }
        if (exitCode == OUT_OF_MEMORY_EXIT && !outOfMemory.isEmpty()) {
            return Cause.OUT_OF_MEMORY;
        }
        if (!crashReport.isEmpty() || (exitCode == ABORTED && output.contains(JVM_CRASHED))) {
            return Cause.NATIVE_CRASH;
        }
        return signal() > 0 ? Cause.KILLED_FROM_OUTSIDE : Cause.EXIT_CALLED;
    }

    private String reason(Cause cause) {
        return switch (cause) {
            case KILLED_BY_MASTER ->
                exitCode == Bootstrap.MASTER_LOST_EXIT
                        ? "it ended itself, since it had lost its master"
                        : "killed by the master: " + killReason;
            case OUT_OF_MEMORY -> "out of memory" + memory();
            case NATIVE_CRASH -> "the JVM crashed" + frame();
            case KILLED_FROM_OUTSIDE -> killedFromOutside();
            default -> "exited with code " + exitCode;
        };
    }

    private String memory() {
        int colon = outOfMemory.indexOf(": ");
        String which = colon < 0 ? "" : outOfMemory.substring(colon + 2);
        String remedy = "give the worker a larger heap by WorkerOptions.withHeap or pipelinebox.worker.heap";
        if (which.equals("Metaspace")) {
            remedy = "give the worker more by -XX:MaxMetaspaceSize, or look for class loaders that are kept";
        } else if (which.equals("Compressed class space")) {
            remedy = "give the worker more by -XX:CompressedClassSpaceSize, or look for class loaders that are kept";
        }
        return (which.isEmpty() ? "" : " (" + which + ")") + "; " + remedy;
    }

    /** The line after this heading, such as {@code C  [libfoo.so+0x1234]  bar+0x5}. */
    private String frame() {
        String[] parts = crashReport.split("# Problematic frame:\\R# ", 2);
        return parts.length < 2
                ? " in native code"
                : " in " + parts[1].lines().findFirst().orElse("").strip();
    }

    private String killedFromOutside() {
        int signal = signal();
        String text = "killed by signal " + signal + " (" + SIGNALS.getOrDefault(signal, "unnamed")
                + ") from outside; the library did not send it";
        return exitCode == KILLED ? text + ", the system may have, for want of memory" : text;
    }

    private int signal() {
        return exitCode > 128 && exitCode <= 192 && Capability.EXIT_SIGNALS.isThere() ? exitCode - 128 : 0;
    }
}
