package dev.pipelinebox.internal.launch.local;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * What of the machine, or of the container, a worker gets if nothing else is said. As many workers as there are
 * processors are reckoned with, or as many as the master has if those are more: each gets its part of three quarters of
 * the memory, a quarter of it at most, and one processor.
 *
 * @param heapBytes the greatest heap; empty if it is not known how much memory there is
 * @param processors how many processors its JVM reckons with
 */
record ResourceShare(Optional<Long> heapBytes, int processors) {

    private static final long MEBI = 1L << 20;
    private static final long LEAST = 64 * MEBI;

    /** Beyond 32 GiB the JVM gives up its short pointers, and with them the class-data archive. */
    private static final long MOST = 30 * 1024 * MEBI;

    /**
     * The share of this machine of the worker with this index, negative for a spare, beside this number of others. It
     * counts the workers with lower indexes, so that a replacement gets no less than the process before it.
     */
    static ResourceShare ofThisMachine(int index, int others) {
        return of(Machine.MEMORY, Runtime.getRuntime().availableProcessors(), reckonedWith(index, others));
    }

    static int reckonedWith(int index, int others) {
        return 1 + (index < 0 ? others : Math.min(index, others));
    }

    static ResourceShare of(long memory, int processors, int workers) {
        int sharers = Math.max(processors, workers);
        Optional<Long> heap =
                memory <= 0 ? Optional.empty() : Optional.of(heap(Math.min(memory / 4, memory / 4 * 3 / sharers)));
        return new ResourceShare(heap, Math.max(1, processors / sharers));
    }

    private static long heap(long share) {
        return Math.max(LEAST, Math.min(MOST, share / MEBI * MEBI));
    }

    /** Looked up once, and not before it is needed. */
    private static final class Machine {
        static final long MEMORY = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
