package dev.pipelinebox.internal.bootstrap;

import dev.pipelinebox.internal.config.ConfigReader;
import java.nio.file.Path;
import java.util.Map;

/**
 * The worker's share of the configuration.
 *
 * @param process what its process needs to come up
 * @param demand how many tasks it asks for
 * @param maxPayloadBytes the greatest payload
 * @param recycling when its process is due for recycling
 * @param faults what goes wrong on purpose
 */
public record WorkerSettings(
        ProcessSettings process, DemandLimits demand, int maxPayloadBytes, RecycleLimits recycling, FaultPlan faults) {

    private static final int MAX_PAYLOAD_BYTES = 1 << 30;

    /** With faults a worker holds one task at a time, so that a fault strikes no other. */
    public static WorkerSettings read(ConfigReader config, ProcessSettings process, FaultPlan faults) {
        DemandLimits demand = DemandLimits.read(config);
        return new WorkerSettings(
                process,
                faults.tasks().isEmpty() ? demand : demand.oneTaskAtATime(),
                (int) config.bytes("payload.max-size", 1024, MAX_PAYLOAD_BYTES),
                RecycleLimits.read(config),
                faults);
    }

    /** The cluster and the link over it, no recycling and no faults. */
    public static WorkerSettings of(ClusterSpec cluster, DemandLimits demand, int maxPayloadBytes) {
        return new WorkerSettings(
                new ProcessSettings(Map.of(), cluster, ""),
                demand,
                maxPayloadBytes,
                RecycleLimits.NONE,
                FaultPlan.NONE);
    }

    /** In a cluster of its own, which it never joins: what it is in is its host's concern. */
    public WorkerSettings onHost() {
        ProcessSettings alone = new ProcessSettings(Map.of(), ClusterSpec.createPrivate(), "");
        return new WorkerSettings(alone, demand, maxPayloadBytes, recycling, faults);
    }

    public WorkerSettings connectingIn(Path directory) {
        return new WorkerSettings(process.connectingIn(directory), demand, maxPayloadBytes, recycling, faults);
    }

    /** What the user set for Akka may hold secrets. */
    @Override
    public String toString() {
        return "settings of a worker in " + process.cluster();
    }
}
