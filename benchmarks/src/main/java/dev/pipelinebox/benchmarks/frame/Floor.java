package dev.pipelinebox.benchmarks.frame;

/**
 * The value that a figure is compared with.
 *
 * @param name its name
 * @param figure its figure, in the same unit
 */
public record Floor(String name, Figure figure) {}
