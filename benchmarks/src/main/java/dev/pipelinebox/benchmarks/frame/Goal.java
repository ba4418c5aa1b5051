package dev.pipelinebox.benchmarks.frame;

import java.util.Optional;

/**
 * The goal of a figure.
 *
 * @param ofRatio whether it limits the ratio of figure and floor, and not the figure
 * @param atMost whether the limit is a maximum, and not a minimum
 * @param limit the limit
 */
public record Goal(boolean ofRatio, boolean atMost, double limit) {

    /**
     * At most this multiple of the floor.
     *
     * @param limit the maximum ratio
     * @return the goal
     */
    public static Goal ratioAtMost(double limit) {
        return new Goal(true, true, limit);
    }

    /**
     * At least this multiple of the floor.
     *
     * @param limit the minimum ratio
     * @return the goal
     */
    public static Goal ratioAtLeast(double limit) {
        return new Goal(true, false, limit);
    }

    /**
     * At most this value.
     *
     * @param limit the maximum value
     * @return the goal
     */
    public static Goal valueAtMost(double limit) {
        return new Goal(false, true, limit);
    }

    /**
     * At least this value.
     *
     * @param limit the minimum value
     * @return the goal
     */
    public static Goal valueAtLeast(double limit) {
        return new Goal(false, false, limit);
    }

    /** Whether it is met; empty if it needs a floor and there is none. */
    Optional<Boolean> isMet(Row row) {
        Optional<Double> judged =
                ofRatio ? row.ratio() : Optional.of(row.value().median());
        return judged.map(figure -> atMost ? figure <= limit : figure >= limit);
    }

    @Override
    public String toString() {
        return (ofRatio ? "ratio" : "value") + (atMost ? " <= " : " >= ") + Output.number(limit);
    }
}
