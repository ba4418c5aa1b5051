package dev.pipelinebox.internal.os;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/** A picture of all threads of this process, for the dossier of a task that has to be ended by force. */
public final class ThreadDump {

    private static final int MOST_CHARACTERS = 64 << 10;
    private static final int MOST_FRAMES = 64;

    private ThreadDump() {}

    /** The threads with their stacks and locks: the one that runs the task, those in a deadlock, the others; bounded. */
    public static String take(String firstThread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ThreadInfo[] infos = threads.dumpAllThreads(true, true);
        long[] found = threads.findDeadlockedThreads();
        Set<Long> deadlocked =
                found == null ? Set.of() : Arrays.stream(found).boxed().collect(Collectors.toSet());
        StringBuilder text = new StringBuilder();
        if (!deadlocked.isEmpty()) {
            text.append("Deadlock between ").append(deadlocked.size()).append(" threads: ");
            Arrays.stream(infos)
                    .filter(info -> deadlocked.contains(info.getThreadId()))
                    .forEach(info ->
                            text.append('"').append(info.getThreadName()).append("\" "));
            text.append("\n\n");
        }
        Arrays.stream(infos)
                .sorted(Comparator.comparing(
                                (ThreadInfo info) -> !info.getThreadName().equals(firstThread))
                        .thenComparing(info -> !deadlocked.contains(info.getThreadId())))
                .takeWhile(info -> text.length() < MOST_CHARACTERS)
                .forEachOrdered(info -> append(text, info));
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
