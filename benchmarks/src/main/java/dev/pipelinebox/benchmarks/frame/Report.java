package dev.pipelinebox.benchmarks.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The figures of a benchmark. Not thread-safe. */
public final class Report {

    private final String benchmark;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    /**
     * An empty report.
     *
     * @param benchmark the name of the benchmark
     */
    public Report(String benchmark) {
        this.benchmark = benchmark;
    }

    /**
     * Adds a figure that was measured once.
     *
     * @param workload the workload
     * @param value the figure
     * @param unit its unit
     */
    public void row(String workload, double value, String unit) {
        add(new Row(benchmark, workload, Figure.of(value), unit, Optional.empty(), Optional.empty()));
    }

    /**
     * Adds a figure that was measured once, with a goal.
     *
     * @param workload the workload
     * @param value the figure
     * @param unit its unit
     * @param goal its goal
     */
    public void row(String workload, double value, String unit, Goal goal) {
        add(new Row(benchmark, workload, Figure.of(value), unit, Optional.empty(), Optional.of(goal)));
    }

    /**
     * Adds the figures of several rounds; nothing if there are none.
     *
     * @param measured the figures
     * @param unit their unit
     */
    public void row(Series measured, String unit) {
        add(measured, unit, Optional.empty(), Optional.empty());
    }

    /**
     * Adds the figures of several rounds, with a goal.
     *
     * @param measured the figures
     * @param unit their unit
     * @param goal the goal of the median
     */
    public void row(Series measured, String unit, Goal goal) {
        add(measured, unit, Optional.empty(), Optional.of(goal));
    }

    /**
     * Adds the figures of several rounds and those that were measured by turns with them; nothing if one of the two is
     * missing.
     *
     * @param measured the figures
     * @param unit their unit
     * @param floor their floor
     */
    public void row(Series measured, String unit, Series floor) {
        floor(floor).ifPresent(against -> add(measured, unit, Optional.of(against), Optional.empty()));
    }

    /**
     * Adds the figures of several rounds and their floor, with a goal for the ratio.
     *
     * @param measured the figures
     * @param unit their unit
     * @param floor their floor; without rounds if it cannot be measured here
     * @param goal their goal
     */
    public void row(Series measured, String unit, Series floor, Goal goal) {
        add(measured, unit, floor(floor), Optional.of(goal));
    }

    /**
     * Prints an explanation of the figures at once, on standard error.
     *
     * @param text the explanation
     */
    public void note(String text) {
        System.err.println(benchmark + ": " + text);
    }

    /**
     * Adds a broken promise of the library.
     *
     * @param promise the finding
     */
    public void broken(String promise) {
        broken.add(benchmark + ": " + promise);
    }

    /**
     * The broken promises.
     *
     * @return a line for each
     */
    public List<String> broken() {
        return List.copyOf(broken);
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    private void add(Series measured, String unit, Optional<Floor> floor, Optional<Goal> goal) {
        measured.figure().ifPresent(figure -> add(new Row(benchmark, measured.name(), figure, unit, floor, goal)));
    }

    /** Prints it at once, too, so that it is not lost if a later benchmark does not end. */
    private void add(Row row) {
        rows.add(row);
        note(Output.line(row));
    }

    private static Optional<Floor> floor(Series measured) {
        return measured.figure().map(figure -> new Floor(measured.name(), figure));
    }
}
