package dev.pipelinebox.benchmarks;

import java.lang.management.ManagementFactory;

/** The heap of this JVM, which is the master's. */
final class Heap {

    private static final double MEBI = 1 << 20;

    private Heap() {}

    /** What is used after a collection of garbage, in MiB. */
    static double usedMebibytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBI;
    }
}
