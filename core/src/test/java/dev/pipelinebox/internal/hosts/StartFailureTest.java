package dev.pipelinebox.internal.hosts;

import static dev.pipelinebox.internal.hosts.HostFixture.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerOptions;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    private static final WorkerOptions ON_A = WorkerOptions.defaults().withHost("a");

    private final HostFixture fixture = new HostFixture();
    private final HostTable table = fixture.table;

    @Test
    void aHostThatFailedAStartInTheLastMinuteComesLast() {
        HostId a = fixture.join(facts("a"));
        HostId b = fixture.join(facts("b"));

        assertThat(fixture.placed(1)).isEqualTo("a");
        assertThat(table.onStartFailed(1, "no space", fixture.now())).isTrue();
        fixture.placed(2);
        fixture.placed(3);
        assertThat(table.processes(b)).containsExactly(2L, 3L);

        stayUntil(61, a, b);
        assertThat(fixture.placed(4)).isEqualTo("a");
    }

    @Test
    void theFailureIsTheWorkersIfNoOtherHostFits() {
        fixture.join(facts("a"));
        fixture.join(facts("b"));

        fixture.placed(1, ON_A);
        assertThat(table.onStartFailed(1, "its constructor threw", fixture.now()))
                .isFalse();

        fixture.placed(2);
        assertThat(table.onStartFailed(2, "its constructor threw", fixture.now()))
                .as("a failed lately, too")
                .isFalse();
    }

    @Test
    void aHostRestsAfterSeveralFailuresAndLongerEachTime() {
        HostId a = fixture.join(facts("a"));

        failStarts(3);
        assertThat(fixture.unplaced(ON_A))
                .contains("a: rests for 10 s more after 3 failed starts, the last since its disk is full");
        stayUntil(10, a);
        failStarts(1);
        assertThat(fixture.unplaced(ON_A)).contains("a: rests for 20 s more after 4 failed starts");
        stayUntil(30, a);

        fixture.placed(2, ON_A);
        table.onStarted(2);
        failStarts(2);
        assertThat(fixture.placed(3, ON_A)).isEqualTo("a");
    }

    @Test
    void whatAFailedStartHadTakenIsFree() {
        HostId a = fixture.join(facts("a"));
        fixture.placed(1);
        table.onStartFailed(1, "no space", fixture.now());

        assertThat(table.processes(a)).isEmpty();
        assertThat(table.hostOf(1)).isEmpty();
        assertThat(table.onStartFailed(1, "no space", fixture.now())).isFalse();
    }

    private void failStarts(int times) {
        for (int time = 0; time < times; time++) {
            fixture.placed(1, ON_A);
            table.onStartFailed(1, "its disk is full", fixture.now());
        }
    }

    private void stayUntil(long second, HostId... hosts) {
        for (long now = fixture.now() / 1_000_000_000 + 1; now <= second; now++) {
            fixture.at(now);
            for (HostId host : hosts) {
                assertThat(fixture.hear(host)).isTrue();
            }
        }
    }
}
