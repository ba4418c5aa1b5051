package dev.pipelinebox.internal.hosts;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Chooses the host of a worker: of those that fit, the one with the fewest workers for each processor, then the most free
 * memory, then the first name. One that failed a start lately comes last. Looks at each host once, and at no worker.
 */
final class Placement {

    private static final Comparator<HostEntry> ORDER = Comparator.<HostEntry>comparingDouble(
                    host -> host.load().perProcessor())
            .thenComparing(host -> host.load().freeMemory(), Comparator.reverseOrder())
            .thenComparing(host -> host.id().name())
            .thenComparing(host -> host.id().incarnation());

    private Placement() {}

    static Optional<HostEntry> choose(Collection<HostEntry> hosts, WorkerNeeds needs, long now) {
        return hosts.stream()
                .filter(host -> fits(host, needs, now))
                .min(Comparator.<HostEntry, Boolean>comparing(
                                host -> host.starts().hasFailedLately(now))
                        .thenComparing(ORDER));
    }

    static boolean fits(HostEntry host, WorkerNeeds needs, long now) {
        return isNamed(host, needs) && host.misfit(needs, now).isEmpty();
    }

    static boolean isNamed(HostEntry host, WorkerNeeds needs) {
        Optional<String> name = needs.requirements().name();
        return name.isEmpty() || name.get().equals(host.id().name());
    }
}
