package dev.pipelinebox.internal.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.JavaInstallation;
import dev.pipelinebox.api.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table whose time the test sets, in seconds. */
final class HostFixture {

    static final long GIB = 1L << 30;
    static final int PROTOCOL = 3;

    static final HostSettings SETTINGS = new HostSettings(
            LeaseTimes.of(Duration.ofSeconds(15)),
            Duration.ofSeconds(3),
            PROTOCOL,
            17,
            new HostSettings.Rest(3, Duration.ofSeconds(10), Duration.ofMinutes(5)));

    final HostTable table;
    private long now;
    private long request;

    HostFixture() {
        this(SETTINGS, Optional.empty());
    }

    HostFixture(HostSettings settings, Optional<HostFacts> local) {
        table = new HostTable(settings, local);
    }

    static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    static HostFacts facts(String name) {
        return facts(name, 4, 16 * GIB);
    }

    static HostFacts facts(String name, int processors, long memory) {
        return facts(name, processors, memory, Map.of(), Map.of());
    }

    static HostFacts facts(
            String name, int processors, long memory, Map<String, String> labels, Map<String, Double> resources) {
        return new HostFacts(
                name,
                "10.0.0.1:7410",
                processors,
                memory,
                "Linux",
                "amd64",
                List.of(new JavaInstallation("/opt/17", 17, "Debian"), new JavaInstallation("/opt/21", 21, "Debian")),
                labels,
                resources,
                new HostFacts.Protocol(2, 4));
    }

    long now() {
        return now;
    }

    void at(double seconds) {
        now = seconds(seconds);
        table.tick(now, false);
    }

    /** Joins, with both ways tried. */
    HostId join(HostFacts facts) {
        return join(facts, 1);
    }

    HostId join(HostFacts facts, long incarnation) {
        HostId id = new HostId(facts.name(), incarnation);
        assertThat(table.join(id, facts, now)).isEmpty();
        hear(id);
        hear(id);
        table.takeChanges();
        return id;
    }

    /** Gets a request for a lease from a host that has heard all answers. */
    boolean hear(HostId id) {
        long last = request++;
        return table.onLeaseRequest(id, request, last, now);
    }

    /** Gets one from a host that has heard no answer since the one with this number. */
    boolean hearWithLastAnswer(HostId id, long lastAnswered) {
        return table.onLeaseRequest(id, ++request, lastAnswered, now);
    }

    long lastRequest() {
        return request;
    }

    PlacementResult place(long process, WorkerOptions options) {
        return table.place(process, WorkerNeeds.of(options), now);
    }

    /** The name of the host that the process gets. */
    String placed(long process, WorkerOptions options) {
        PlacementResult result = place(process, options);
        assertThat(result).isInstanceOf(PlacementResult.Placed.class);
        return ((PlacementResult.Placed) result).host().name();
    }

    String placed(long process) {
        return placed(process, WorkerOptions.defaults());
    }

    String unplaced(WorkerOptions options) {
        PlacementResult result = place(Long.MAX_VALUE, options);
        assertThat(result).isInstanceOf(PlacementResult.Unplaced.class);
        return ((PlacementResult.Unplaced) result).reason();
    }
}
