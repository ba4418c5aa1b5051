package dev.pipelinebox.benchmarks.floor;

import java.util.Collection;
import java.util.PriorityQueue;

/** The best schedule without knowledge of the durations: the next task goes to the first free worker. */
public final class Schedule {

    private Schedule() {}

    /**
     * How long it takes.
     *
     * @param durations how long each task takes, in the order in which they are given out
     * @param workers how many do them
     * @return when the last task ends, in the unit of the durations
     */
    public static long length(Collection<Long> durations, int workers) {
        PriorityQueue<Long> freeAt = new PriorityQueue<>();
        for (int i = 0; i < workers; i++) {
            freeAt.add(0L);
        }
        long end = 0;
        for (long duration : durations) {
            long done = freeAt.remove() + duration;
            freeAt.add(done);
            end = Math.max(end, done);
        }
        return end;
    }
}
