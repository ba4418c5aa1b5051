package dev.pipelinebox.benchmarks.frame;

import java.util.Optional;

/**
 * One line of the table.
 *
 * @param benchmark the benchmark
 * @param workload the workload
 * @param value the figure
 * @param unit its unit; empty for a plain count
 * @param floor its floor, if there is one
 * @param goal its goal, if there is one
 */
record Row(String benchmark, String workload, Figure value, String unit, Optional<Floor> floor, Optional<Goal> goal) {

    /** The ratio of value and floor. */
    Optional<Double> ratio() {
        return floor.map(against -> value.median() / against.figure().median());
    }

    /** Whether the goal is met; empty if there is none, or no floor for it. */
    Optional<Boolean> met() {
        return goal.flatMap(wanted -> wanted.isMet(this));
    }
}
