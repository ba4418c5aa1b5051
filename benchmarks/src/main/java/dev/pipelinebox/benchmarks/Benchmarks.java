package dev.pipelinebox.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs the benchmarks, prints their figures on standard output, and ends with exit code 1 if a promise of the library
 * was broken, 2 if the arguments are wrong.
 */
public final class Benchmarks {

    private static final List<Benchmark> ALL = List.of(new ChaosRun(), new Replacement());

    private Benchmarks() {}

    /**
     * Runs all benchmarks, or some.
     *
     * @param args {@code [--only NAME]... [--json] [--seconds N] [--workers N] [--every MILLIS] [--seed N]}
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
        List<String> broken = new ArrayList<>();
        for (Benchmark benchmark : ALL) {
            if (options.selects(benchmark.name())) {
                Report report = measure(benchmark, options);
                (options.json() ? Output.json(report.rows()) : Output.table(report.rows()))
                        .forEach(System.out::println);
                broken.addAll(report.broken());
            }
        }
        broken.forEach(promise -> System.err.println("BROKEN: " + promise));
        return broken.isEmpty() ? 0 : 1;
    }

    private static Report measure(Benchmark benchmark, Options options) {
        Report report = new Report(benchmark.name());
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
