package dev.pipelinebox.benchmarks.frame;

import java.util.Collection;

/**
 * The values of several rounds.
 *
 * @param median the median; of an even number of rounds, the mean of the two in the middle
 * @param least the minimum
 * @param greatest the maximum
 */
public record Figure(double median, double least, double greatest) {

    /**
     * The value of one round.
     *
     * @param value the figure
     * @return the figure, without a spread
     */
    public static Figure of(double value) {
        return new Figure(value, value, value);
    }

    static Figure of(Collection<Double> rounds) {
        double[] sorted =
                rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Figure(median, sorted[0], sorted[sorted.length - 1]);
    }

    boolean hasSpread() {
        return least < greatest;
    }
}
