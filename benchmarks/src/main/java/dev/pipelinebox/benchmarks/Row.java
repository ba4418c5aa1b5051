package dev.pipelinebox.benchmarks;

import java.util.OptionalDouble;

/**
 * One figure.
 *
 * @param benchmark which benchmark it comes from
 * @param workload what was measured
 * @param value the figure
 * @param unit its unit; empty for a plain count
 * @param floor what no one can beat here, in the same unit, if that is known
 */
record Row(String benchmark, String workload, double value, String unit, OptionalDouble floor) {

    /** How many times the floor the value is. */
    OptionalDouble ratio() {
        return floor.isPresent() ? OptionalDouble.of(value / floor.getAsDouble()) : OptionalDouble.empty();
    }
}
