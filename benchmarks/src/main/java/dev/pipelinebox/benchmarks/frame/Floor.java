package dev.pipelinebox.benchmarks.frame;

/**
 * What a figure is measured against.
 *
 * @param name what it is
 * @param figure what it gave, in the same unit
 */
public record Floor(String name, Figure figure) {}
