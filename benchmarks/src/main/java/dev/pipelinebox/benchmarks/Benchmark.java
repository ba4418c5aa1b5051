package dev.pipelinebox.benchmarks;

/** Something that can be measured, known by a name. */
interface Benchmark {

    /** What {@code --only} calls it. */
    String name();

    /** Measures. What the library should have kept and did not goes into the report too; the rest of it goes on. */
    void run(Options options, Report report) throws Exception;
}
