package dev.pipelinebox.internal.hosts;

import dev.pipelinebox.api.JavaInstallation;
import java.util.Optional;

/** Where a worker goes. */
public sealed interface PlacementResult {

    /**
     * To this host, which keeps what the worker takes until it is released.
     *
     * @param host which
     * @param java on which installation; empty if the worker has one of its own, or the host has told of none
     */
    record Placed(HostId host, Optional<JavaInstallation> java) implements PlacementResult {}

    /**
     * Nowhere, for now.
     *
     * @param reason what it needs, why no host has it, and the remedy
     */
    record Unplaced(String reason) implements PlacementResult {}
}
