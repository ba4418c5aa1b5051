package dev.pipelinebox.internal.hosts;

import dev.pipelinebox.api.HostState;

/**
 * A host at one moment.
 *
 * @param id which
 * @param facts what it said of itself
 * @param state whether it gets workers
 * @param reason why it gets none; may be empty
 * @param workers how many it has
 */
public record HostStatus(HostId id, HostFacts facts, HostState state, String reason, int workers) {}
