package dev.pipelinebox.internal.remote;

import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.internal.hosts.HostChange;
import java.util.Optional;

/** What users are told of a host, as long as it is not gone. */
public final class HostEvents {

    private HostEvents() {}

    /** The event of a change; empty if there is none. */
    public static Optional<PoolEvent> of(HostChange change) {
        String host = change.host().name();
        if (change instanceof HostChange.Joined joined) {
            return Optional.of(new PoolEvent.HostJoined(
                    host,
                    joined.facts().address(),
                    joined.facts().processors(),
                    joined.facts().memory()));
        } else if (change instanceof HostChange.Unsuitable unsuitable) {
            return Optional.of(new PoolEvent.HostUnsuitable(host, unsuitable.reason()));
        } else if (change instanceof HostChange.Silent silent) {
            return Optional.of(new PoolEvent.HostSilent(host, silent.since(), silent.direction()));
        } else if (change instanceof HostChange.HeardAgain) {
            return Optional.of(new PoolEvent.HostHeardAgain(host));
        } else if (change instanceof HostChange.Drained) {
            return Optional.of(new PoolEvent.HostDrained(host));
        }
        return Optional.empty();
    }
}
