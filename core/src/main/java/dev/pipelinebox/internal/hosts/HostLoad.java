package dev.pipelinebox.internal.hosts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the workers of one host take of it. */
final class HostLoad {

    private static final double GIBIBYTE = 1L << 30;

    private final HostFacts facts;
    private final Map<Long, WorkerNeeds> workers = new HashMap<>();
    private final Map<String, Long> freeResources;
    private long freeMemory;

    HostLoad(HostFacts facts) {
        this.facts = facts;
        this.freeMemory = facts.memory();
        this.freeResources = WorkerNeeds.units(facts.resources());
    }

    /** Why there is no room, if there is none. */
    Optional<String> lacks(WorkerNeeds needs) {
        for (Map.Entry<String, Long> resource : needs.resources().entrySet()) {
            long free = freeResources.getOrDefault(resource.getKey(), 0L);
            if (free < resource.getValue()) {
                return Optional.of("has " + WorkerNeeds.shownUnits(free) + " left of the resource " + resource.getKey()
                        + " and not " + WorkerNeeds.shownUnits(resource.getValue()));
            }
        }
        return needs.memory() <= freeMemory
                ? Optional.empty()
                : Optional.of(String.format(
                        "has %.1f GiB of memory left and not %.1f", freeMemory / GIBIBYTE, needs.memory() / GIBIBYTE));
    }

    /** For how many such workers there is room. */
    int room(WorkerNeeds needs, boolean isPerProcessor) {
        long room = isPerProcessor ? Math.max(facts.processors() - workers.size(), 0) : Integer.MAX_VALUE;
        if (needs.memory() > 0) {
            room = Math.min(room, freeMemory / needs.memory());
        }
        for (Map.Entry<String, Long> resource : needs.resources().entrySet()) {
            room = Math.min(room, freeResources.getOrDefault(resource.getKey(), 0L) / resource.getValue());
        }
        return (int) room;
    }

    void take(long process, WorkerNeeds needs) {
        workers.put(process, needs);
        change(needs, -1);
    }

    WorkerNeeds giveBack(long process) {
        WorkerNeeds needs = workers.remove(process);
        if (needs == null) {
            throw new IllegalStateException("Process " + process + " is not on host " + facts.name());
        }
        change(needs, 1);
        return needs;
    }

    private void change(WorkerNeeds needs, int sign) {
        freeMemory += sign * needs.memory();
        needs.resources().forEach((name, units) -> freeResources.merge(name, sign * units, Long::sum));
    }

    int workers() {
        return workers.size();
    }

    List<Long> processes() {
        return workers.keySet().stream().sorted().toList();
    }

    long freeMemory() {
        return freeMemory;
    }

    /** Workers for each processor, if there was one more. */
    double perProcessor() {
        return (workers.size() + 1.0) / facts.processors();
    }
}
