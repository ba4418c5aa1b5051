package dev.pipelinebox.internal.hosts;

import static dev.pipelinebox.internal.hosts.HostFixture.GIB;
import static dev.pipelinebox.internal.hosts.HostFixture.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.HostState;
import dev.pipelinebox.api.WorkerOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random sequences of events, with a simple model beside the table that knows which process is where. */
class HostTablePropertyTest {

    private static final int SEQUENCES = 300;
    private static final int STEPS = 200;

    @Test
    void nothingThatWorkersTakeIsLostOrTakenTwiceAndOnlyHostsThatAreThereGetWorkers() {
        Map<Class<?>, Integer> seen = new HashMap<>();
        for (long seed = 1; seed <= SEQUENCES; seed++) {
            Sequence sequence = new Sequence(seed);
            for (int step = 0; step < STEPS; step++) {
                sequence.step();
                sequence.check();
            }
            sequence.releaseAll();
            sequence.seen.forEach((change, count) -> seen.merge(change, count, Integer::sum));
        }

        assertThat(seen)
                .as("all that can become of a host did")
                .containsOnlyKeys(HostChange.class.getPermittedSubclasses())
                .allSatisfy((change, count) -> assertThat(count).isGreaterThan(SEQUENCES / 10));
    }

    private static final class Sequence {

        private static final List<WorkerOptions> OPTIONS = List.of(
                WorkerOptions.defaults(),
                WorkerOptions.defaults().withMemory(3 * GIB),
                WorkerOptions.defaults().withResource("gpu", 0.3),
                WorkerOptions.defaults().withResource("gpu", 1).withMemory(GIB),
                WorkerOptions.defaults().withHost("h1"),
                WorkerOptions.defaults().withLabel("odd", "true"));

        private final long seed;
        private final Random random;
        private final HostFixture fixture = new HostFixture();
        private final HostTable table = fixture.table;
        private final Map<Long, HostId> hostOf = new LinkedHashMap<>();
        private final Map<Long, WorkerOptions> optionsOf = new HashMap<>();
        private final Set<HostId> gone = new HashSet<>();
        private final Map<Class<?>, Integer> seen = new HashMap<>();
        private long lastProcess;
        private long lastIncarnation;
        private double now;

        Sequence(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void step() {
            switch (random.nextInt(16)) {
                case 0 -> join();
                case 1, 2, 3, 4 -> place();
                case 5, 6 -> anyProcess().ifPresent(this::end);
                case 7, 8, 9 -> pass(random.nextDouble() * 2);
                case 10 -> pass(random.nextInt(3) == 0 ? 16 : 1);
                case 11 -> anyHost().ifPresent(table::drain);
                case 12 -> anyHost().ifPresent(table::resume);
                case 13 -> anyHost().filter(host -> random.nextInt(4) == 0).ifPresent(table::onGoodbye);
                case 14 -> anyHost().ifPresent(host -> table.onUnsuitable(host, "its disk is full"));
                default -> anyHost().ifPresent(table::onSuitable);
            }
            table.takeChanges().forEach(this::onChange);
        }

        private void join() {
            int number = random.nextInt(5);
            HostFacts facts = facts(
                    "h" + number,
                    1 + number,
                    (4 + number) * GIB,
                    Map.of("odd", Boolean.toString(number % 2 == 1)),
                    Map.of("gpu", (double) number));
            HostId id = new HostId(facts.name(), ++lastIncarnation);
            if (table.join(id, facts, fixture.now()).isEmpty()) {
                fixture.hear(id);
                fixture.hear(id);
            }
        }

        private void place() {
            long process = ++lastProcess;
            WorkerOptions options = OPTIONS.get(random.nextInt(OPTIONS.size()));
            if (fixture.place(process, options) instanceof PlacementResult.Placed placed) {
                assertThat(gone).as("seed %d", seed).doesNotContain(placed.host());
                assertThat(table.status(placed.host()).orElseThrow().state())
                        .as("seed %d", seed)
                        .isEqualTo(HostState.SUITABLE);
                hostOf.put(process, placed.host());
                optionsOf.put(process, options);
            }
        }

        private void end(long process) {
            if (random.nextBoolean()) {
                table.release(process);
            } else {
                table.onStartFailed(process, "it threw", fixture.now());
            }
            hostOf.remove(process);
        }

        /** Some hosts are not heard meanwhile. */
        private void pass(double seconds) {
            now += seconds;
            fixture.at(now);
            table.statuses().stream()
                    .map(HostStatus::id)
                    .filter(host -> random.nextInt(4) > 0)
                    .forEach(host -> {
                        fixture.hear(host);
                        fixture.hear(host);
                    });
        }

        private void onChange(HostChange change) {
            seen.merge(change.getClass(), 1, Integer::sum);
            if (change instanceof HostChange.Lost lost) {
                forget(lost.host(), lost.processes());
            } else if (change instanceof HostChange.Left left) {
                forget(left.host(), left.processes());
            }
        }

        private void forget(HostId host, List<Long> processes) {
            assertThat(processes).as("seed %d: processes of %s", seed, host).isEqualTo(processesOf(host));
            gone.add(host);
            processes.forEach(hostOf::remove);
        }

        void check() {
            for (HostStatus status : table.statuses()) {
                List<Long> processes = processesOf(status.id());
                assertThat(table.processes(status.id()))
                        .as("seed %d: %s", seed, status.id())
                        .isEqualTo(processes);
                assertThat(sum(processes, "memory"))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(status.facts().memory());
                assertThat(sum(processes, "gpu"))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(
                                Math.round(status.facts().resources().get("gpu") * 10_000));
            }
            assertThat(table.statuses()).as("seed %d", seed).noneMatch(status -> gone.contains(status.id()));
        }

        /** All of each host can be taken again. */
        void releaseAll() {
            new ArrayList<>(hostOf.keySet()).forEach(table::release);
            hostOf.clear();
            table.statuses().forEach(status -> {
                table.resume(status.id());
                table.onSuitable(status.id());
                fixture.hear(status.id());
                fixture.hear(status.id());
            });
            WorkerNeeds gib = WorkerNeeds.of(WorkerOptions.defaults().withMemory(GIB));
            int room = table.statuses().stream()
                    .mapToInt(status -> (int) (status.facts().memory() / GIB))
                    .sum();
            assertThat(table.room(gib, false, Long.MAX_VALUE / 2))
                    .as("seed %d", seed)
                    .isEqualTo(room);
        }

        private long sum(List<Long> processes, String what) {
            return processes.stream()
                    .map(optionsOf::get)
                    .map(WorkerNeeds::of)
                    .mapToLong(needs -> what.equals("memory")
                            ? needs.memory()
                            : needs.resources().getOrDefault(what, 0L))
                    .sum();
        }

        private List<Long> processesOf(HostId host) {
            return hostOf.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(host))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        }

        private Optional<Long> anyProcess() {
            return any(List.copyOf(hostOf.keySet()));
        }

        private Optional<HostId> anyHost() {
            return any(table.statuses().stream().map(HostStatus::id).toList());
        }

        private <T> Optional<T> any(List<T> all) {
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
        }
    }
}
