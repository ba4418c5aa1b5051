package dev.pipelinebox.internal.hosts;

import dev.pipelinebox.api.PoolEvent.HostSilent.Direction;
import java.time.Duration;
import java.util.List;

/** What became of a host. */
public sealed interface HostChange {

    /** Which host. */
    HostId host();

    /** Both sides reach each other. */
    record Joined(HostId host, HostFacts facts) implements HostChange {}

    /** It can run no workers. */
    record Unsuitable(HostId host, String reason) implements HostChange {}

    /** It can run workers again. */
    record Suitable(HostId host) implements HostChange {}

    /** It gets no workers until it is heard again. */
    record Silent(HostId host, Duration since, Direction direction) implements HostChange {}

    /** It is heard again, and hears the master. */
    record HeardAgain(HostId host) implements HostChange {}

    /** It is gone, and with it these processes, which have ended: their tasks may run elsewhere. */
    record Lost(HostId host, String cause, List<Long> processes) implements HostChange {}

    /** It said that it has ended these processes, and is gone: their tasks may run elsewhere. */
    record Left(HostId host, List<Long> processes) implements HostChange {}

    /** It was asked to drain, and has no worker. */
    record Drained(HostId host) implements HostChange {}
}
