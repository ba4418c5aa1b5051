package dev.pipelinebox.api;

import java.io.Serializable;
import java.util.OptionalInt;

/**
 * How a worker's process ended.
 *
 * @param pid the process id
 * @param exitCode its exit code; by the convention of POSIX shells 128 + n for a process ended by signal n
 * @param cause the cause in one word
 * @param reason the cause in words, such as {@code "killed by signal 9 (SIGKILL) …"}
 * @param outputTail the last 16 KiB of its output on both streams; empty if it printed nothing
 * @param crashReport after a native crash the part of the JVM's error file ({@code hs_err_pid….log}) that describes the
 *     crash: the head, the problematic frame, the stacks of the thread; at most 16 KiB, and empty if there is none. The
 *     file itself is removed, unless the worker has its own {@code -XX:ErrorFile}
 * @param threadDump the stacks of the threads from before the master killed the process; empty if there are none
 * @param host the name of the machine that it ran on; {@link HostHandle#LOCAL} for the master's own
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // known to Javadoc
public record WorkerExit(
        long pid,
        int exitCode,
        Cause cause,
        String reason,
        String outputTail,
        String crashReport,
        String threadDump,
        String host)
        implements Serializable {

    /** The cause of an end. */
    public enum Cause {
        /** The master stopped the worker in an orderly way. */
        STOPPED,

        /** User code called {@code System.exit} or {@code Runtime.halt}, or the JVM could not start. */
        EXIT_CALLED,

        /** The JVM ran out of heap, metaspace or another of its own memories. */
        OUT_OF_MEMORY,

        /** The JVM crashed, in native code or its own. */
        NATIVE_CRASH,

        /** A signal that the library did not send, from a person or from the system, which lacked memory. */
        KILLED_FROM_OUTSIDE,

        /** The master killed it; {@link WorkerExit#reason()} has the reason. */
        KILLED_BY_MASTER,

        /** Its end was not seen. */
        UNSEEN
    }

    private static final int SIGNAL_BASE = 128;
    private static final int MOST_SIGNALS = 64;
    private static final int SHOWN_OF_CRASH = 4 << 10;

    /**
     * The exit of a process on the master's own machine.
     *
     * @param pid the process id
     * @param exitCode its exit code
     * @param cause the cause in one word
     * @param reason the cause in words
     * @param outputTail the last of its output
     * @param crashReport what describes a native crash
     * @param threadDump the stacks of the threads
     */
    public WorkerExit(
            long pid,
            int exitCode,
            Cause cause,
            String reason,
            String outputTail,
            String crashReport,
            String threadDump) {
        this(pid, exitCode, cause, reason, outputTail, crashReport, threadDump, HostHandle.LOCAL);
    }

    /**
     * The signal that ended the process, from the exit code.
     *
     * @return the signal's number, or empty if the exit code stands for none
     */
    public OptionalInt signal() {
        int signal = exitCode - SIGNAL_BASE;
        return signal >= 1 && signal <= MOST_SIGNALS ? OptionalInt.of(signal) : OptionalInt.empty();
    }

    /**
     * The exit of a worker that was stopped. If it was killed, crashed or ran out of memory meanwhile, its cause stays.
     *
     * @return a copy with the cause {@link Cause#STOPPED}, or this if there is a stronger cause
     */
    public WorkerExit stopped() {
        if (cause != Cause.EXIT_CALLED) {
            return this;
        }
        String how = exitCode == 0 ? "stopped by the master" : "stopped by the master, with exit code " + exitCode;
        return new WorkerExit(pid, exitCode, Cause.STOPPED, how, outputTail, crashReport, threadDump, host);
    }

    /**
     * Adds the stacks of the threads.
     *
     * @param dump the stacks from before the process was killed
     * @return a copy with them
     */
    public WorkerExit withThreadDump(String dump) {
        return new WorkerExit(pid, exitCode, cause, reason, outputTail, crashReport, dump, host);
    }

    /**
     * Names the machine.
     *
     * @param name the name of the host
     * @return a copy with it
     */
    public WorkerExit withHost(String name) {
        return new WorkerExit(pid, exitCode, cause, reason, outputTail, crashReport, threadDump, name);
    }

    /** The process and the reason, then the last output and the beginning of the crash report, if there are any. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                "process " + pid + (host.equals(HostHandle.LOCAL) ? "" : " on host " + host) + " ended: " + reason);
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
