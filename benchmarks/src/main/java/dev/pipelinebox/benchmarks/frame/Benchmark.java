package dev.pipelinebox.benchmarks.frame;

/** A benchmark, with a name. */
public interface Benchmark {

    /**
     * Its name in {@code --only}.
     *
     * @return the name
     */
    String name();

    /**
     * Measures. A broken promise of the library goes into the report, too, and the benchmark goes on.
     *
     * @param options the options of the command line
     * @param report the report for the figures
     * @throws Exception if it cannot go on
     */
    void run(Options options, Report report) throws Exception;
}
