package dev.pipelinebox.api;

import java.io.Serializable;
import java.util.OptionalInt;

/**
 * How a worker's process ended.
 *
 * @param pid the process
 * @param exitCode its exit code; by the convention of POSIX shells 128 + n for a process ended by signal n
 * @param cause the cause in one word
 * @param reason the cause in words, such as {@code "killed by signal 9 (SIGKILL) …"}
 * @param outputTail the last 16 KiB, in bytes, of what it printed on both streams; empty if it printed nothing
 * @param crashReport after a native crash the part of the JVM's error file ({@code hs_err_pid….log}) that tells what
 *     crashed: the head, the problematic frame, the stacks of the thread; at most 16 KiB, and empty if there is none.
 *     The file itself is removed, unless the worker was given an {@code -XX:ErrorFile} of its own
 * @param threadDump the threads' stacks, taken before the master killed the process; empty if none was taken
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // known to Javadoc
public record WorkerExit(
        long pid, int exitCode, Cause cause, String reason, String outputTail, String crashReport, String threadDump)
        implements Serializable {

    /** The cause of an end. */
    public enum Cause {
        /** The master asked the worker to stop, and it did. */
        STOPPED,

        /** User code called {@code System.exit} or {@code Runtime.halt}, or the JVM could not start. */
        EXIT_CALLED,

        /** The JVM ran out of heap, metaspace or another of its own memories. */
        OUT_OF_MEMORY,

        /** The JVM crashed, in native code or its own. */
        NATIVE_CRASH,

        /** A signal that the library did not send: by a person, or by the system for want of memory. */
        KILLED_FROM_OUTSIDE,

        /** The master killed it; {@link WorkerExit#reason()} says why. */
        KILLED_BY_MASTER,

        /** Nobody saw it end. */
        UNSEEN
    }

    private static final int SIGNAL_BASE = 128;
    private static final int MOST_SIGNALS = 64;
    private static final int SHOWN_OF_CRASH = 4 << 10;

    /**
     * The signal that ended the process, by the exit code.
     *
     * @return the signal's number, or empty if the exit code stands for none
     */
    public OptionalInt signal() {
        int signal = exitCode - SIGNAL_BASE;
        return signal >= 1 && signal <= MOST_SIGNALS ? OptionalInt.of(signal) : OptionalInt.empty();
    }

    /**
     * The end of a worker that was asked to stop. One that was killed, crashed or ran out of memory on its way did not
     * stop as it was asked to: its cause stays.
     *
     * @return a copy with the cause {@link Cause#STOPPED}, or this if there is a stronger cause
     */
    public WorkerExit stopped() {
        if (cause != Cause.EXIT_CALLED) {
            return this;
        }
        String how = exitCode == 0 ? "stopped by the master" : "stopped by the master, with exit code " + exitCode;
        return new WorkerExit(pid, exitCode, Cause.STOPPED, how, outputTail, crashReport, threadDump);
    }

    /**
     * Adds the threads' stacks.
     *
     * @param dump what the threads did before the process was killed
     * @return a copy with them
     */
    public WorkerExit withThreadDump(String dump) {
        return new WorkerExit(pid, exitCode, cause, reason, outputTail, crashReport, dump);
    }

    /** The process and the reason, then the last output and the beginning of the crash report, if there are any. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("process " + pid + " ended: " + reason);
        if (!outputTail.isEmpty()) {
            text.append("; its last output:\n").append(outputTail.stripTrailing());
        }
        if (!crashReport.isEmpty()) {
            boolean whole = crashReport.length() <= SHOWN_OF_CRASH;
            text.append(outputTail.isEmpty() ? "; " : "\n")
                    .append("the JVM's crash report:\n")
                    .append(whole ? crashReport.stripTrailing() : crashReport.substring(0, SHOWN_OF_CRASH) + " …");
        }
        return text.toString();
    }
}
