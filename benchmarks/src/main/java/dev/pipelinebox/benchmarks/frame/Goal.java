package dev.pipelinebox.benchmarks.frame;

import java.util.Optional;

/**
 * What a figure should be.
 *
 * @param ofRatio whether it is about how many times the floor the figure is, and not about the figure
 * @param atMost whether the limit is the greatest that is good, and not the least
 * @param limit the limit
 */
public record Goal(boolean ofRatio, boolean atMost, double limit) {

    /**
     * No more than so many times the floor.
     *
     * @param limit the greatest good ratio
     * @return the goal
     */
    public static Goal ratioAtMost(double limit) {
        return new Goal(true, true, limit);
    }

    /**
     * At least so many times the floor.
     *
     * @param limit the least good ratio
     * @return the goal
     */
    public static Goal ratioAtLeast(double limit) {
        return new Goal(true, false, limit);
    }

    /**
     * No more than this.
     *
     * @param limit the greatest good figure
     * @return the goal
     */
    public static Goal valueAtMost(double limit) {
        return new Goal(false, true, limit);
    }

    /** Tells whether it is met; empty if there is no floor to judge by. */
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
