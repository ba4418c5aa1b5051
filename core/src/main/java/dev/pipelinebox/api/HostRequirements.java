package dev.pipelinebox.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker needs of the machine that it runs on. {@link WorkerOptions} has methods that set it. Immutable: each
 * {@code withX} returns a changed copy.
 *
 * @param name the name of the host, or empty if any will do
 * @param labels labels that the host must have, with these values
 * @param resources how much of which resource of the host the worker takes for as long as it is there
 * @param memory how many bytes of the host's memory it takes, or empty for its heap if {@link WorkerOptions#withHeap}
 *     sets one
 * @param java the feature version of the Java installation that it needs, or empty if any will do
 */
public record HostRequirements(
        Optional<String> name,
        Map<String, String> labels,
        Map<String, Double> resources,
        Optional<Long> memory,
        Optional<Integer> java) {

    private static final HostRequirements NONE =
            new HostRequirements(Optional.empty(), Map.of(), Map.of(), Optional.empty(), Optional.empty());

    private static final double SMALLEST_AMOUNT = 0.0001;
    private static final double LARGEST_AMOUNT = 1e12;
    private static final int OLDEST_JAVA = 17;

    /**
     * Checks the values and copies the maps.
     *
     * @param name the name of the host
     * @param labels labels that the host must have
     * @param resources how much of which resource
     * @param memory how many bytes of memory
     * @param java the feature version of Java
     * @throws IllegalArgumentException if a name is blank, an amount is not from 0.0001 to 10<sup>12</sup>, the memory
     *     is under one byte or the version under 17
     */
    public HostRequirements {
        labels = Map.copyOf(labels);
        resources = Map.copyOf(resources);
        name.ifPresent(text -> checkName("host", text));
        labels.keySet().forEach(key -> checkName("label", key));
        resources.forEach(HostRequirements::checkResource);
        memory.filter(bytes -> bytes < 1).ifPresent(bytes -> {
            throw new IllegalArgumentException("A worker cannot do with " + bytes + " bytes of memory; give more");
        });
        java.filter(feature -> feature < OLDEST_JAVA).ifPresent(feature -> {
            throw new IllegalArgumentException(
                    "Workers do not run on Java " + feature + "; give " + OLDEST_JAVA + " or later");
        });
    }

    /**
     * Any host will do.
     *
     * @return no requirement
     */
    public static HostRequirements none() {
        return NONE;
    }

    /**
     * Sets the host.
     *
     * @param host its name
     * @return a changed copy
     * @throws IllegalArgumentException if it is blank
     */
    public HostRequirements withName(String host) {
        return new HostRequirements(Optional.of(host), labels, resources, memory, java);
    }

    /**
     * Adds a label.
     *
     * @param key the label
     * @param value the value that it must have
     * @return a changed copy
     * @throws IllegalArgumentException if the key is blank
     */
    public HostRequirements withLabel(String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(labels);
        changed.put(key, value);
        return new HostRequirements(name, changed, resources, memory, java);
    }

    /**
     * Adds a resource.
     *
     * @param resource its name
     * @param amount how much of it, to a ten-thousandth
     * @return a changed copy
     * @throws IllegalArgumentException if the name is blank or the amount is not from 0.0001 to 10<sup>12</sup>
     */
    public HostRequirements withResource(String resource, double amount) {
        Map<String, Double> changed = new LinkedHashMap<>(resources);
        changed.put(resource, amount);
        return new HostRequirements(name, labels, changed, memory, java);
    }

    /**
     * Sets the memory.
     *
     * @param bytes how much
     * @return a changed copy
     * @throws IllegalArgumentException if it is under one byte
     */
    public HostRequirements withMemory(long bytes) {
        return new HostRequirements(name, labels, resources, Optional.of(bytes), java);
    }

    /**
     * Sets the version of Java.
     *
     * @param feature such as 21
     * @return a changed copy
     * @throws IllegalArgumentException if it is under 17
     */
    public HostRequirements withJava(int feature) {
        return new HostRequirements(name, labels, resources, memory, Optional.of(feature));
    }

    /** What is required, in words; empty if nothing is. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        name.ifPresent(host -> words.add("host " + host));
        labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(label -> words.add("label " + label.getKey() + "=" + label.getValue()));
        resources.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(resource -> words.add("resource " + resource.getKey() + " " + resource.getValue()));
        memory.ifPresent(bytes -> words.add(bytes + " bytes of memory"));
        java.ifPresent(feature -> words.add("Java " + feature));
        return String.join(", ", words);
    }

    private static void checkName(String what, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A blank name of a " + what + " is not allowed; give one");
        }
    }

    private static void checkResource(String name, double amount) {
        checkName("resource", name);
        if (!(amount >= SMALLEST_AMOUNT && amount <= LARGEST_AMOUNT)) {
            throw new IllegalArgumentException(amount + " of the resource " + name
                    + " is not allowed; give an amount from " + SMALLEST_AMOUNT + " to " + LARGEST_AMOUNT);
        }
    }
}
