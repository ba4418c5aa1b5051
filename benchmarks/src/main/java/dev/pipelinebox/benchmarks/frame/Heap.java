package dev.pipelinebox.benchmarks.frame;

import java.lang.management.ManagementFactory;

/** The heap of this JVM, which is the master's. */
public final class Heap {

    private static final double MEBI = 1 << 20;

    private Heap() {}

    /**
     * The used size after a garbage collection.
     *
     * @return the size in MiB
     */
    public static double usedMebibytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBI;
    }
}
