package dev.pipelinebox.benchmarks.floor;

/** Something to compute that needs a processor and nothing else. */
public final class Work {

    private static final int AT_ONCE = 10_000;
    private static final int TRIES = 100;

    private Work() {}

    /**
     * Computes.
     *
     * @param steps how much
     * @return something that depends on every step
     */
    public static long compute(long steps) {
        long mixed = steps;
        for (long left = steps; left > 0; left -= AT_ONCE) {
            mixed = some(mixed, (int) Math.min(left, AT_ONCE));
        }
        return mixed;
    }

    /**
     * Finds out how much to compute.
     *
     * @param millis how long it should take
     * @return the steps that take so long here, at best
     */
    public static long stepsThatTake(double millis) {
        long steps = 1_000_000;
        double best = Double.MAX_VALUE;
        long sink = 0;
        for (int i = 0; i < TRIES; i++) {
            long begin = System.nanoTime();
            sink ^= compute(steps);
            best = Math.min(best, (System.nanoTime() - begin) / 1e6);
        }
        return (long) (steps * millis / best) | (sink & 1);
    }

    private static long some(long seed, int steps) {
        long mixed = seed;
        for (int i = 0; i < steps; i++) {
            mixed ^= mixed << 13;
            mixed ^= mixed >>> 7;
            mixed ^= mixed << 17;
        }
        return mixed;
    }
}
