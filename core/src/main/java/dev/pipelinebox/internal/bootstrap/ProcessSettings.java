package dev.pipelinebox.internal.bootstrap;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What every process of a master needs to come up.
 *
 * @param akka what the user set under {@code pipelinebox.akka}, as flat keys with rendered values
 * @param cluster the cluster to join
 * @param sharedFolder the directory for large payloads in shared memory; "" for none
 */
public record ProcessSettings(Map<String, String> akka, ClusterSpec cluster, String sharedFolder) {

    /** A private cluster, Akka as the library sets it up, and all payloads over the wire. */
    public static final ProcessSettings DEFAULTS = new ProcessSettings(Map.of(), ClusterSpec.PRIVATE, "");

    public ProcessSettings sharing(Path folder) {
        return new ProcessSettings(akka, cluster, folder.toString());
    }

    /** The directory for large payloads; empty if they go over the wire. */
    public Optional<Path> folder() {
        return sharedFolder.isEmpty() ? Optional.empty() : Optional.of(Path.of(sharedFolder));
    }

    /** What the user set for Akka may hold secrets. */
    @Override
    public String toString() {
        return "settings of a process in " + cluster;
    }
}
