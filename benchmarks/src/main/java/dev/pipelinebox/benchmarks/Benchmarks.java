package dev.pipelinebox.benchmarks;

import dev.pipelinebox.benchmarks.chaos.Chaos;
import dev.pipelinebox.benchmarks.frame.Benchmark;
import dev.pipelinebox.benchmarks.frame.Options;
import dev.pipelinebox.benchmarks.frame.Output;
import dev.pipelinebox.benchmarks.frame.Report;
import dev.pipelinebox.benchmarks.speed.Speed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the benchmarks and prints their figures on standard output. The exit code is 1 if a promise of the library was
 * broken, and 2 if the arguments are wrong. A missed speed goal is only a word in the table.
 */
public final class Benchmarks {

    private static final List<Benchmark> ALL =
            Stream.concat(Speed.all().stream(), Chaos.all().stream()).toList();

    private Benchmarks() {}

    /**
     * Runs all benchmarks, or some.
     *
     * @param args {@code [--only NAME...] [--json] [--rounds N] [--quick]}, and for chaos {@code [--seconds N]
     *     [--workers N] [--every MILLIS] [--seed N]}
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        Options options;
        try {
            options = Options.parse(List.of(args), names());
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.println(Options.USAGE);
            return 2;
        }
        List<Report> reports = new ArrayList<>();
        for (Benchmark benchmark : ALL) {
            if (options.selects(benchmark.name())) {
                Report report = measure(benchmark, options);
                reports.add(report);
                if (options.json()) {
                    Output.json(report).forEach(System.out::println);
                }
            }
        }
        if (!options.json()) {
            Output.table(reports).forEach(System.out::println);
        }
        List<String> broken =
                reports.stream().flatMap(report -> report.broken().stream()).toList();
        broken.forEach(promise -> System.err.println("BROKEN: " + promise));
        return broken.isEmpty() ? 0 : 1;
    }

    private static Report measure(Benchmark benchmark, Options options) {
        Report report = new Report(benchmark.name());
        report.note("is being measured");
        try {
            benchmark.run(options, report);
        } catch (Exception failed) {
            failed.printStackTrace();
            report.broken("it ended early by " + failed);
        }
        return report;
    }

    private static List<String> names() {
        return ALL.stream().map(Benchmark::name).toList();
    }
}
