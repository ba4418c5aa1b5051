package dev.pipelinebox.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What a benchmark found. Not thread-safe. */
final class Report {

    private final String benchmark;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    Report(String benchmark) {
        this.benchmark = benchmark;
    }

    /** Adds a figure. */
    void row(String workload, double value, String unit) {
        rows.add(new Row(benchmark, workload, value, unit, OptionalDouble.empty()));
    }

    /** Says something at once, on standard error, that explains the figures. */
    void note(String text) {
        System.err.println(benchmark + ": " + text);
    }

    /** Adds a promise of the library that was not kept. */
    void broken(String promise) {
        broken.add(benchmark + ": " + promise);
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    List<String> broken() {
        return List.copyOf(broken);
    }
}
