package dev.pipelinebox.api;

/**
 * A Java installation of a host.
 *
 * @param path its home on that machine, the directory that has {@code bin/java}
 * @param feature its feature version, such as 21
 * @param vendor who made it
 */
public record JavaInstallation(String path, int feature, String vendor) {}
