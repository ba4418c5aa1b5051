package dev.pipelinebox.internal.hosts;

import dev.pipelinebox.api.HostRequirements;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.task.ShownText;
import java.util.HashMap;
import java.util.Map;

/**
 * What a worker needs of its host, and takes of it.
 *
 * @param requirements what the user has asked for
 * @param memory how much memory it takes, in bytes
 * @param resources how much it takes of which resource, in ten-thousandths
 * @param hasJavaHome whether it has a Java installation of its own
 */
public record WorkerNeeds(
        HostRequirements requirements, long memory, Map<String, Long> resources, boolean hasJavaHome) {

    private static final double UNITS = 10_000;

    /** The memory is that of the heap if nothing is said of it. */
    public static WorkerNeeds of(WorkerOptions options) {
        HostRequirements requirements = options.requirements();
        return new WorkerNeeds(
                requirements,
                requirements.memory().or(options::heapBytes).orElse(0L),
                units(requirements.resources()),
                options.javaHome().isPresent());
    }

    /** Whole numbers, so that what is taken and given back leaves no rest. */
    static Map<String, Long> units(Map<String, Double> amounts) {
        Map<String, Long> units = new HashMap<>();
        amounts.forEach((name, amount) -> units.put(name, Math.round(amount * UNITS)));
        return units;
    }

    static String shownUnits(long units) {
        return units % (long) UNITS == 0 ? Long.toString(units / (long) UNITS) : Double.toString(units / UNITS);
    }

    /** In words, for messages. */
    @Override
    public String toString() {
        return ShownText.of(requirements.toString());
    }
}
