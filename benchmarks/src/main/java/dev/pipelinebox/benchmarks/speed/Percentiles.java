package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.floor.Latencies;
import dev.pipelinebox.benchmarks.frame.Goal;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.frame.Series;

/** The middle and the slow end of the same rounds. */
final class Percentiles {

    private final Series p50;
    private final Series p99;
    private final Series p999;

    Percentiles(String name) {
        p50 = new Series(name + ", p50");
        p99 = new Series(name + ", p99");
        p999 = new Series(name + ", p99.9");
    }

    void add(Latencies round) {
        p50.add(round.p50());
        p99.add(round.p99());
        p999.add(round.p999());
    }

    /** A row for each, with a goal for the middle. */
    void report(Report report, Percentiles against, Goal goalOfP50) {
        report.row(p50, "µs", against.p50, goalOfP50);
        reportSlow(report, against);
    }

    /** A row for each, with goals for the middle and for the slow end. */
    void report(Report report, Percentiles against, Goal goalOfP50, Goal goalOfP99) {
        report.row(p50, "µs", against.p50, goalOfP50);
        report.row(p99, "µs", against.p99, goalOfP99);
        report.row(p999, "µs", against.p999);
    }

    /** A row for each. */
    void report(Report report, Percentiles against) {
        report.row(p50, "µs", against.p50);
        reportSlow(report, against);
    }

    private void reportSlow(Report report, Percentiles against) {
        report.row(p99, "µs", against.p99);
        report.row(p999, "µs", against.p999);
    }
}
