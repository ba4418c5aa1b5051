package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.api.Worker;
import java.util.concurrent.TimeUnit;

/** Keeps a processor busy for so many milliseconds, and says how many nanoseconds it was really. */
public final class Lasting implements Worker<Integer, Long> {

    /** Nothing to prepare. */
    public Lasting() {}

    @Override
    public Long runTask(Integer millis) {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return System.nanoTime() - begin;
    }
}
