package dev.pipelinebox.api;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of the JVM of one worker. Immutable: each {@code withX} returns a changed copy. Options that are not set
 * come from the configuration under {@code pipelinebox.worker}.
 *
 * @param jvmArguments further arguments of the JVM, after those of the configuration
 * @param heapBytes the maximum heap in bytes ({@code -Xmx}), or empty for the configured one
 * @param processors how many processors the JVM assumes ({@code -XX:ActiveProcessorCount}), or empty for the configured
 *     number
 * @param environment variables that are added to the caller's environment
 * @param directory the working directory, or empty for the configured one
 * @param javaHome the JDK or JRE of the worker, or empty for the configured one; a path on the worker's host
 * @param requirements what the worker needs of the machine that it runs on
 */
public record WorkerOptions(
        List<String> jvmArguments,
        Optional<Long> heapBytes,
        Optional<Integer> processors,
        Map<String, String> environment,
        Optional<Path> directory,
        Optional<Path> javaHome,
        HostRequirements requirements) {

    private static final long SMALLEST_HEAP = 16L << 20;

    /**
     * Checks the values and copies the collections.
     *
     * @param jvmArguments further arguments of the JVM
     * @param heapBytes the maximum heap in bytes
     * @param processors how many processors the JVM assumes
     * @param environment variables that are added to the caller's
     * @param directory the working directory
     * @param javaHome the JDK or JRE of the worker
     * @param requirements what the worker needs of its machine
     * @throws IllegalArgumentException if the heap is under 16 MiB or the number of processors under 1
     */
    public WorkerOptions {
        jvmArguments = List.copyOf(jvmArguments);
        environment = Map.copyOf(environment);
        heapBytes.filter(bytes -> bytes < SMALLEST_HEAP).ifPresent(bytes -> {
            throw new IllegalArgumentException("A heap of " + bytes + " bytes is too small for a worker; give at least "
                    + SMALLEST_HEAP + " (16 MiB)");
        });
        processors.filter(count -> count < 1).ifPresent(count -> {
            throw new IllegalArgumentException("A worker cannot do with " + count + " processors; give at least 1");
        });
    }

    /**
     * Options of a worker that any machine will do for.
     *
     * @param jvmArguments further arguments of the JVM
     * @param heapBytes the maximum heap in bytes
     * @param processors how many processors the JVM assumes
     * @param environment variables that are added to the caller's
     * @param directory the working directory
     * @param javaHome the JDK or JRE of the worker
     * @throws IllegalArgumentException if the heap is under 16 MiB or the number of processors under 1
     */
    public WorkerOptions(
            List<String> jvmArguments,
            Optional<Long> heapBytes,
            Optional<Integer> processors,
            Map<String, String> environment,
            Optional<Path> directory,
            Optional<Path> javaHome) {
        this(jvmArguments, heapBytes, processors, environment, directory, javaHome, HostRequirements.none());
    }

    /**
     * No option is set: all come from the configuration.
     *
     * @return the defaults
     */
    public static WorkerOptions defaults() {
        return new WorkerOptions(
                List.of(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    }

    /**
     * Sets further arguments of the JVM.
     *
     * @param arguments such as {@code "-XX:+UseG1GC"}; they replace those set here before
     * @return a changed copy
     */
    public WorkerOptions withJvmArguments(String... arguments) {
        return withJvmArguments(List.of(arguments));
    }

    /**
     * Sets further arguments of the JVM.
     *
     * @param arguments such as {@code "-XX:+UseG1GC"}; they replace those set here before
     * @return a changed copy
     */
    public WorkerOptions withJvmArguments(List<String> arguments) {
        return new WorkerOptions(arguments, heapBytes, processors, environment, directory, javaHome, requirements);
    }

    /**
     * Sets the maximum heap.
     *
     * @param bytes the size in bytes
     * @return a changed copy
     * @throws IllegalArgumentException if it is under 16 MiB
     */
    public WorkerOptions withHeap(long bytes) {
        return new WorkerOptions(
                jvmArguments, Optional.of(bytes), processors, environment, directory, javaHome, requirements);
    }

    /**
     * Sets how many processors the JVM assumes, for its own threads and for {@code Runtime.availableProcessors()}, on
     * which thread pools and parallel streams depend. It does not bind the JVM to processors.
     *
     * @param count their number
     * @return a changed copy
     * @throws IllegalArgumentException if it is under 1
     */
    public WorkerOptions withProcessors(int count) {
        return new WorkerOptions(
                jvmArguments, heapBytes, Optional.of(count), environment, directory, javaHome, requirements);
    }

    /**
     * Adds an environment variable.
     *
     * @param name the variable
     * @param value its value
     * @return a changed copy
     */
    public WorkerOptions withEnvironment(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(environment);
        changed.put(name, value);
        return new WorkerOptions(jvmArguments, heapBytes, processors, changed, directory, javaHome, requirements);
    }

    /**
     * Adds environment variables.
     *
     * @param variables names and values
     * @return a changed copy
     */
    public WorkerOptions withEnvironment(Map<String, String> variables) {
        Map<String, String> changed = new LinkedHashMap<>(environment);
        changed.putAll(variables);
        return new WorkerOptions(jvmArguments, heapBytes, processors, changed, directory, javaHome, requirements);
    }

    /**
     * Sets the working directory.
     *
     * @param path an existing directory
     * @return a changed copy
     */
    public WorkerOptions withDirectory(Path path) {
        return new WorkerOptions(
                jvmArguments, heapBytes, processors, environment, Optional.of(path), javaHome, requirements);
    }

    /**
     * Sets the Java installation.
     *
     * @param path its home, the directory that has {@code bin/java}; Java 17 or later
     * @return a changed copy
     */
    public WorkerOptions withJavaHome(Path path) {
        return new WorkerOptions(
                jvmArguments, heapBytes, processors, environment, directory, Optional.of(path), requirements);
    }

    /**
     * Sets the host. If there is none of this name, or it does not suit, the worker waits for it as for any host.
     *
     * @param name the name of the host, or {@link HostHandle#LOCAL} for the master's own machine
     * @return a changed copy
     * @throws IllegalArgumentException if it is blank
     */
    public WorkerOptions withHost(String name) {
        return with(requirements.withName(name));
    }

    /**
     * Has the worker run on a host with a label only. Several labels must all be there.
     *
     * @param key the label
     * @param value its value
     * @return a changed copy
     * @throws IllegalArgumentException if the key is blank
     */
    public WorkerOptions withLabel(String key, String value) {
        return with(requirements.withLabel(key, value));
    }

    /**
     * Has the worker run on a host with so much of a resource left only. It takes it for as long as it is there.
     *
     * @param name the resource, such as {@code "gpu"}
     * @param amount how much of it, to a ten-thousandth
     * @return a changed copy
     * @throws IllegalArgumentException if the name is blank or the amount is not from 0.0001 to 10<sup>12</sup>
     */
    public WorkerOptions withResource(String name, double amount) {
        return with(requirements.withResource(name, amount));
    }

    /**
     * Has the worker run on a host with so much memory left only. It takes it for as long as it is there. The process is
     * not limited to it.
     *
     * @param bytes the memory of the whole process: its heap, code, buffers and those that it starts
     * @return a changed copy
     * @throws IllegalArgumentException if it is under one byte
     */
    public WorkerOptions withMemory(long bytes) {
        return with(requirements.withMemory(bytes));
    }

    /**
     * Has the worker run on a host with this version of Java only, and on that version.
     *
     * @param feature the feature version, such as 21
     * @return a changed copy
     * @throws IllegalArgumentException if it is under 17
     */
    public WorkerOptions withJava(int feature) {
        return with(requirements.withJava(feature));
    }

    /** Names the environment's variables without their values, which may be secrets. */
    @Override
    public String toString() {
        return "WorkerOptions[jvmArguments=" + jvmArguments + ", heapBytes=" + heapBytes + ", processors=" + processors
                + ", environment=" + environment.keySet() + ", directory=" + directory + ", javaHome=" + javaHome
                + ", requirements="
                + requirements + "]";
    }

    private WorkerOptions with(HostRequirements changed) {
        return new WorkerOptions(jvmArguments, heapBytes, processors, environment, directory, javaHome, changed);
    }
}
