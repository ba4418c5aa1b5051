package dev.pipelinebox.examples.service;

import java.util.List;

/**
 * What the compiler says of a source.
 *
 * @param name the name of the source
 * @param findings errors and warnings, in the order of the compiler
 */
public record Report(String name, List<Finding> findings) {

    /**
     * An error or a warning.
     *
     * @param kind ERROR, WARNING or the like
     * @param line where it is, from 1
     * @param message what is wrong
     */
    public record Finding(String kind, long line, String message) {}
}
