package dev.pipelinebox.internal.os;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** A picture of all threads of this process, for the dossier of a task that has to be ended by force. */
public final class ThreadDump {

    private static final int MOST_CHARACTERS = 64 << 10;
    private static final int MOST_FRAMES = 64;

    private ThreadDump() {}

    /** The threads with their stacks and locks, the one that runs the task first; bounded. */
    public static String take(String firstThread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ThreadInfo[] infos = threads.dumpAllThreads(true, true);
        StringBuilder text = new StringBuilder();
        long[] deadlocked = threads.findDeadlockedThreads();
        if (deadlocked != null) {
            text.append("Deadlock between ").append(deadlocked.length).append(" threads: ");
            Arrays.stream(threads.getThreadInfo(deadlocked))
                    .forEach(info ->
                            text.append('"').append(info.getThreadName()).append("\" "));
            text.append("\n\n");
        }
        for (boolean first : new boolean[] {true, false}) {
            for (ThreadInfo info : infos) {
                if (info.getThreadName().equals(firstThread) == first && text.length() < MOST_CHARACTERS) {
                    append(text, info);
                }
            }
        }
        return text.length() <= MOST_CHARACTERS ? text.toString() : text.substring(0, MOST_CHARACTERS) + "…\n";
    }

    private static void append(StringBuilder text, ThreadInfo info) {
        text.append('"').append(info.getThreadName()).append("\" ").append(info.getThreadState());
        LockInfo awaited = info.getLockInfo();
        if (awaited != null) {
            text.append(" on ").append(awaited);
        }
        if (info.getLockOwnerName() != null) {
            text.append(" owned by \"").append(info.getLockOwnerName()).append('"');
        }
        text.append('\n');
        StackTraceElement[] stack = info.getStackTrace();
        for (int depth = 0; depth < Math.min(stack.length, MOST_FRAMES); depth++) {
            text.append("    at ").append(stack[depth]).append('\n');
            for (MonitorInfo held : info.getLockedMonitors()) {
                if (held.getLockedStackDepth() == depth) {
                    text.append("    - locked ").append(held).append('\n');
                }
            }
        }
        text.append('\n');
    }
}
