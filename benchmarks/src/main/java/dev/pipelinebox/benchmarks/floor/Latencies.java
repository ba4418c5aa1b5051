package dev.pipelinebox.benchmarks.floor;

import java.util.Arrays;

/**
 * How long something took, time after time.
 *
 * @param p50 what half of the times it took no longer than, in µs
 * @param p99 what 99 of 100 times it took no longer than, in µs
 * @param p999 what 999 of 1000 times it took no longer than, in µs
 */
public record Latencies(double p50, double p99, double p999) {

    /**
     * Something that takes time.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    public interface Action<E extends Exception> {

        /**
         * Does it once.
         *
         * @throws E if it fails
         */
        void run() throws E;
    }

    /**
     * Measures something.
     *
     * @param times how often
     * @param action what to measure
     * @param <E> what it may throw
     * @return how long it took
     * @throws E if it fails
     */
    public static <E extends Exception> Latencies of(int times, Action<E> action) throws E {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            action.run();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return new Latencies(
                nanos[times / 2] / 1e3, nanos[(int) (times * 0.99)] / 1e3, nanos[(int) (times * 0.999)] / 1e3);
    }
}
