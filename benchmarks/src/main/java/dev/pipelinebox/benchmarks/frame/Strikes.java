package dev.pipelinebox.benchmarks.frame;

/**
 * How workers are struck.
 *
 * @param seconds for how long
 * @param workers how many there are
 * @param everyMillis how often one is struck
 * @param seed what random choices come from
 */
public record Strikes(int seconds, int workers, int everyMillis, int seed) {}
