package dev.pipelinebox.internal.bootstrap;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What every process of a master needs to come up.
 *
 * @param akka what the user set under {@code pipelinebox.akka}, as flat keys with rendered values
 * @param cluster the cluster to join
 * @param linkDirectory the directory of the socket to connect to; "" if the link is Artery's
 */
public record ProcessSettings(Map<String, String> akka, ClusterSpec cluster, String linkDirectory) {

    public ProcessSettings connectingIn(Path directory) {
        return new ProcessSettings(akka, cluster, directory.toString());
    }

    /** The directory of the socket to connect to; empty if the link is Artery's. */
    public Optional<Path> directory() {
        return linkDirectory.isEmpty() ? Optional.empty() : Optional.of(Path.of(linkDirectory));
    }

    /** What the user set for Akka may hold secrets. */
    @Override
    public String toString() {
        return "settings of a process in " + cluster;
    }
}
