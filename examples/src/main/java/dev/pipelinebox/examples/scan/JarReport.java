package dev.pipelinebox.examples.scan;

import java.util.List;

/**
 * The findings of a worker in one jar.
 *
 * @param jar        the path of the jar, as the task named it
 * @param classes    how many classes were read
 * @param uses       each use once, in the order of the using class
 * @param unreadable the class files that could not be read, each with the reason
 * @param worker     the process id of the worker that did it
 */
public record JarReport(String jar, int classes, List<ApiUse> uses, List<String> unreadable, long worker) {}
