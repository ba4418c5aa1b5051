package dev.pipelinebox.benchmarks.frame;

/** Something that can be measured, known by a name. */
public interface Benchmark {

    /**
     * What {@code --only} calls it.
     *
     * @return the name
     */
    String name();

    /**
     * Measures. What the library should have kept and did not goes into the report too; the rest of it goes on.
     *
     * @param options what the command line says
     * @param report where the figures go
     * @throws Exception if it cannot go on
     */
    void run(Options options, Report report) throws Exception;
}
