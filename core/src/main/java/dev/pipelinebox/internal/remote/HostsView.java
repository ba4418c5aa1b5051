package dev.pipelinebox.internal.remote;

import dev.pipelinebox.internal.hosts.HostId;
import dev.pipelinebox.internal.hosts.HostStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What there is at one moment.
 *
 * @param hosts all, in the order of joining
 * @param roundTrips to and from those that have said so
 */
record HostsView(List<HostStatus> hosts, Map<HostId, Duration> roundTrips) {}
