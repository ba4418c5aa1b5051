package dev.pipelinebox.internal.hosts;

import static dev.pipelinebox.internal.hosts.HostFixture.GIB;
import static dev.pipelinebox.internal.hosts.HostFixture.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.JavaInstallation;
import dev.pipelinebox.api.WorkerOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final WorkerOptions ANY = WorkerOptions.defaults();

    private final HostFixture fixture = new HostFixture();
    private final HostTable table = fixture.table;

    @Test
    void takesTheHostWithTheFewestWorkersForEachProcessor() {
        fixture.join(facts("small", 2, 16 * GIB));
        fixture.join(facts("large", 6, 16 * GIB));

        assertThat(LongStream.range(0, 8).mapToObj(fixture::placed).toList())
                .containsOnly("small", "large")
                .filteredOn("small"::equals)
                .hasSize(2);
    }

    @Test
    void thenTheOneWithTheMostFreeMemoryAndThenTheFirstName() {
        fixture.join(facts("b", 4, 8 * GIB));
        fixture.join(facts("c", 4, 9 * GIB));
        fixture.join(facts("a", 4, 8 * GIB));

        assertThat(Arrays.asList(fixture.placed(1), fixture.placed(2), fixture.placed(3)))
                .containsExactly("c", "a", "b");
    }

    @Test
    void takesTheNamedHost() {
        fixture.join(facts("a"));
        fixture.join(facts("b"));

        assertThat(fixture.placed(1, ANY.withHost("b"))).isEqualTo("b");
        assertThat(fixture.placed(2, ANY.withHost("b"))).isEqualTo("b");
        assertThat(fixture.unplaced(ANY.withHost("gpu-7")))
                .isEqualTo(
                        "No host is named gpu-7, which the worker asks for; there are a, b. Start a host of that name, or"
                                + " change WorkerOptions.withHost");
    }

    @Test
    void allLabelsMustBeThere() {
        fixture.join(facts("a", 4, GIB, Map.of("zone", "x"), Map.of()));
        fixture.join(facts("b", 4, GIB, Map.of("zone", "x", "disk", "fast"), Map.of()));
        fixture.join(facts("c"));

        assertThat(fixture.placed(1, ANY.withLabel("zone", "x").withLabel("disk", "fast")))
                .isEqualTo("b");
        assertThat(fixture.unplaced(ANY.withLabel("zone", "y")))
                .isEqualTo(
                        "No host fits the worker, which needs label zone=y: a, b: has label zone=x; c: has no label zone."
                                + " Start a host that does, or change the WorkerOptions");
    }

    @Test
    void resourcesAreTakenUntilTheWorkerIsReleased() {
        fixture.join(facts("a", 4, GIB, Map.of(), Map.of("gpu", 1.0)));
        WorkerOptions third = ANY.withResource("gpu", 1.0 / 3);

        LongStream.range(0, 3).forEach(process -> fixture.placed(process, third));
        assertThat(fixture.unplaced(third))
                .contains("a: has 1.0E-4 left of the resource gpu and not 0.3333")
                .contains("which needs resource gpu 0.333");
        table.release(1);
        assertThat(fixture.placed(4, third)).isEqualTo("a");

        LongStream.of(0, 2, 4).forEach(table::release);
        assertThat(fixture.placed(5, ANY.withResource("gpu", 1))).isEqualTo("a");
    }

    @Test
    void memoryIsTakenAndThatOfTheHeapIfNothingElseIsSaid() {
        fixture.join(facts("a", 4, 8 * GIB));

        fixture.placed(1, ANY.withHeap(5 * GIB));
        assertThat(fixture.unplaced(ANY.withMemory(4 * GIB))).contains("a: has 3.0 GiB of memory left and not 4.0");
        assertThat(fixture.placed(2, ANY.withHeap(4 * GIB).withMemory(3 * GIB))).isEqualTo("a");
    }

    @Test
    void aWorkerThatNeedsAVersionOfJavaRunsOnIt() {
        HostId a = fixture.join(facts("a"));

        assertThat(fixture.place(1, ANY.withJava(21)))
                .isEqualTo(new PlacementResult.Placed(a, Optional.of(new JavaInstallation("/opt/21", 21, "Debian"))));
        assertThat(fixture.place(2, ANY))
                .isEqualTo(new PlacementResult.Placed(a, Optional.of(new JavaInstallation("/opt/17", 17, "Debian"))));
        assertThat(fixture.place(3, ANY.withJavaHome(Path.of("/opt/25"))))
                .isEqualTo(new PlacementResult.Placed(a, Optional.empty()));
        assertThat(fixture.unplaced(ANY.withJava(25))).contains("a: has no Java 25");
    }

    @Test
    void classesOfALaterVersionKeepAHostFromWorkers() {
        HostSettings settings = new HostSettings(
                HostFixture.SETTINGS.leases(),
                HostFixture.SETTINGS.silentAfter(),
                HostFixture.PROTOCOL,
                21,
                HostFixture.SETTINGS.rest());
        HostFixture newer = new HostFixture(settings, Optional.empty());
        HostId a = newer.join(facts("a"));

        assertThat(newer.place(1, ANY))
                .isEqualTo(new PlacementResult.Placed(a, Optional.of(new JavaInstallation("/opt/21", 21, "Debian"))));
        assertThat(newer.unplaced(ANY.withJava(17))).contains("a: runs classes that need Java 21 on no older one");
    }

    @Test
    void theMastersOwnMachineIsAHost() {
        HostFixture withLocal = new HostFixture(HostFixture.SETTINGS, Optional.of(facts("local", 4, GIB)));

        assertThat(withLocal.placed(1)).isEqualTo("local");
        assertThat(withLocal.placed(2, ANY.withHost("local"))).isEqualTo("local");
        withLocal.at(1000);
        assertThat(withLocal.placed(3)).isEqualTo("local");
    }

    @Test
    void saysThatThereIsNoHost() {
        assertThat(fixture.unplaced(ANY)).startsWith("No host has joined");
    }

    @Test
    void manyHostsOfOneReasonAreCounted() {
        LongStream.range(0, 100).forEach(number -> fixture.join(facts("h" + number)));

        assertThat(fixture.unplaced(ANY.withResource("gpu", 1)))
                .contains(": h0, h1, h10, h11, h12 and 95 more: has 0 left of the resource gpu and not 1.");
    }

    @Test
    void aProcessHasOneHost() {
        fixture.join(facts("a"));
        fixture.placed(1);

        assertThatThrownBy(() -> fixture.placed(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void countsTheRoom() {
        fixture.join(facts("a", 4, 8 * GIB, Map.of(), Map.of("gpu", 1.0)));
        fixture.join(facts("b", 2, 4 * GIB));
        fixture.placed(1);

        assertThat(room(ANY, true)).isEqualTo(5);
        assertThat(room(ANY, false)).isEqualTo(Integer.MAX_VALUE);
        assertThat(room(ANY.withMemory(3 * GIB), false)).isEqualTo(3);
        assertThat(room(ANY.withResource("gpu", 0.5), true)).isEqualTo(2);
    }

    private int room(WorkerOptions options, boolean isPerProcessor) {
        return table.room(WorkerNeeds.of(options), isPerProcessor, fixture.now());
    }
}
