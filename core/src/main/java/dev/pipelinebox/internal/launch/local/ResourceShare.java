package dev.pipelinebox.internal.launch.local;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * What of the machine, or of the container, a worker gets if nothing else is said. As many workers as there are
 * processors are reckoned with, or as many as the master has if those are more. What the heap of the caller and all that
 * these JVMs take beside their heaps leave of the memory is divided among them; each gets a quarter of the memory at most,
 * and one processor.
 *
 * @param heapBytes the greatest heap; empty if it is not known how much memory there is
 * @param processors how many processors its JVM reckons with
 */
record ResourceShare(Optional<Long> heapBytes, int processors) {

    private static final long MEBI = 1L << 20;
    private static final long LEAST = 64 * MEBI;

    /** Beyond 32 GiB the JVM gives up its short pointers, and with them the class-data archive. */
    private static final long MOST = 30 * 1024 * MEBI;

    /** What a JVM takes beside its heap: an idle worker has 60 to 70 MiB of classes, compiled code and threads. */
    private static final long BESIDE_HEAP = 64 * MEBI;

    /** The share of this machine of one of so many workers. */
    static ResourceShare ofThisMachine(int workers) {
        Runtime caller = Runtime.getRuntime();
        return of(Machine.MEMORY, caller.maxMemory(), caller.availableProcessors(), workers);
    }

    static ResourceShare of(long memory, long callersHeap, int processors, int workers) {
        int sharers = Math.max(processors, workers);
        long room = memory - callersHeap - BESIDE_HEAP * (sharers + 1);
        Optional<Long> heap = memory <= 0 ? Optional.empty() : Optional.of(heap(Math.min(memory / 4, room / sharers)));
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
