package dev.pipelinebox.benchmarks.frame;

import java.util.Optional;

/**
 * One line of the table.
 *
 * @param benchmark which benchmark it comes from
 * @param workload what was measured
 * @param value the figure
 * @param unit its unit; empty for a plain count
 * @param floor what it is measured against, if there is something
 * @param goal what it should be, if that is said
 */
record Row(String benchmark, String workload, Figure value, String unit, Optional<Floor> floor, Optional<Goal> goal) {

    /** How many times the floor the value is. */
    Optional<Double> ratio() {
        return floor.map(against -> value.median() / against.figure().median());
    }

    /** Whether the goal is met; empty if there is none, or nothing to judge it by. */
    Optional<Boolean> met() {
        return goal.flatMap(wanted -> wanted.isMet(this));
    }
}
