package dev.pipelinebox.internal.hosts;

import static dev.pipelinebox.internal.hosts.HostFixture.GIB;
import static dev.pipelinebox.internal.hosts.HostFixture.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipelinebox.api.WorkerOptions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostTableScaleTest {

    private static final int HOSTS = 100;
    private static final int DECISIONS = 2_000;

    /** A decision that looked at each worker would take ten times as long with ten times as many. */
    @Test
    void aDecisionTakesAsLongWithManyWorkersAsWithFew() {
        measure(1_000);
        double few = Math.min(measure(1_000), measure(1_000));
        double many = Math.min(measure(10_000), measure(10_000));

        assertThat(many).as("nanoseconds a decision with 10,000 workers").isLessThan(5 * few);
    }

    private static double measure(int workers) {
        HostFixture fixture = new HostFixture();
        IntStream.range(0, HOSTS).forEach(number -> fixture.join(facts("h" + number, 8 + number % 5, 64 * GIB)));
        WorkerNeeds needs = WorkerNeeds.of(WorkerOptions.defaults().withMemory(1 << 10));
        IntStream.range(0, workers).forEach(process -> fixture.table.place(process, needs, 0));

        long start = System.nanoTime();
        for (int decision = 0; decision < DECISIONS; decision++) {
            fixture.table.release(decision % workers);
            fixture.table.place(decision % workers, needs, 0);
        }
        double nanos = (double) (System.nanoTime() - start) / DECISIONS;
        List<Integer> spread = fixture.table.statuses().stream()
                .map(status -> 60 * status.workers() / status.facts().processors())
                .toList();
        assertThat(spread)
                .allSatisfy(each -> assertThat(each)
                        .as("workers for each processor, evenly")
                        .isCloseTo(60 * workers / 1_000, within(60)));
        return nanos;
    }
}
