package dev.pipelinebox.benchmarks.frame;

/**
 * How workers are killed and frozen.
 *
 * @param seconds the duration
 * @param workers the number of workers
 * @param everyMillis the time between two faults
 * @param seed the seed of the random choices
 */
public record ChaosOptions(int seconds, int workers, int everyMillis, int seed) {}
