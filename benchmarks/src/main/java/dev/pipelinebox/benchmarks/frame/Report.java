package dev.pipelinebox.benchmarks.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a benchmark found. Not thread-safe. */
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
     * @param workload what was measured
     * @param value the figure
     * @param unit its unit
     */
    public void row(String workload, double value, String unit) {
        rows.add(new Row(benchmark, workload, Figure.of(value), unit, Optional.empty(), Optional.empty()));
    }

    /**
     * Adds a figure that was measured once and has a goal of its own.
     *
     * @param workload what was measured
     * @param value the figure
     * @param unit its unit
     * @param goal what it should be
     */
    public void row(String workload, double value, String unit, Goal goal) {
        rows.add(new Row(benchmark, workload, Figure.of(value), unit, Optional.empty(), Optional.of(goal)));
    }

    /**
     * Adds what was measured in rounds; nothing if there was none.
     *
     * @param measured the figures
     * @param unit their unit
     */
    public void row(Series measured, String unit) {
        add(measured, unit, Optional.empty(), Optional.empty());
    }

    /**
     * Adds what was measured in rounds and has a goal of its own.
     *
     * @param measured the figures
     * @param unit their unit
     * @param goal what their median should be
     */
    public void row(Series measured, String unit, Goal goal) {
        add(measured, unit, Optional.empty(), Optional.of(goal));
    }

    /**
     * Adds what was measured in rounds by turns with something else; nothing if one of them is missing.
     *
     * @param measured the figures
     * @param unit their unit
     * @param floor what they are measured against
     */
    public void row(Series measured, String unit, Series floor) {
        floor(floor).ifPresent(against -> add(measured, unit, Optional.of(against), Optional.empty()));
    }

    /**
     * Adds what was measured in rounds by turns with its floor, of which it should keep a certain distance.
     *
     * @param measured the figures
     * @param unit their unit
     * @param floor what they are measured against; without rounds if that could not be measured here
     * @param goal what they should be
     */
    public void row(Series measured, String unit, Series floor, Goal goal) {
        add(measured, unit, floor(floor), Optional.of(goal));
    }

    /**
     * Says something at once, on standard error, that explains the figures.
     *
     * @param text what there is to say
     */
    public void note(String text) {
        System.err.println(benchmark + ": " + text);
    }

    /**
     * Adds a promise of the library that was not kept.
     *
     * @param promise what was found instead
     */
    public void broken(String promise) {
        broken.add(benchmark + ": " + promise);
    }

    /**
     * The promises that were not kept.
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
        measured.figure().ifPresent(figure -> rows.add(new Row(benchmark, measured.name(), figure, unit, floor, goal)));
    }

    private static Optional<Floor> floor(Series measured) {
        return measured.figure().map(figure -> new Floor(measured.name(), figure));
    }
}
