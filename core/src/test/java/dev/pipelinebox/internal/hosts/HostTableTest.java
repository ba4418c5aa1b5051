package dev.pipelinebox.internal.hosts;

import static dev.pipelinebox.internal.hosts.HostFixture.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.HostState;
import dev.pipelinebox.api.PoolEvent.HostSilent.Direction;
import dev.pipelinebox.api.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostTableTest {

    private final HostFixture fixture = new HostFixture();
    private final HostTable table = fixture.table;

    @Test
    void aHostGetsWorkersOnceBothWaysWork() {
        HostId a = new HostId("a", 1);
        table.join(a, facts("a"), 0);
        assertThat(table.onLeaseRequest(a, 1, 0, 0)).isTrue();
        assertThat(table.takeChanges()).isEmpty();
        assertThat(state(a)).isEqualTo(HostState.JOINED);
        assertThat(fixture.unplaced(WorkerOptions.defaults())).contains("a: is joining");

        assertThat(table.onLeaseRequest(a, 2, 1, 1)).isTrue();

        assertThat(table.takeChanges()).containsExactly(new HostChange.Joined(a, facts("a")));
        assertThat(state(a)).isEqualTo(HostState.SUITABLE);
    }

    @Test
    void aHostOfAnotherProtocolIsRefusedWithBothVersions() {
        HostSettings other = new HostSettings(
                HostFixture.SETTINGS.leases(), Duration.ofSeconds(3), 5, 17, HostFixture.SETTINGS.rest());

        assertThat(new HostTable(other, Optional.empty()).join(new HostId("a", 1), facts("a"), 0))
                .hasValue("This master speaks version 5 of the protocol and host a versions 2 to 4; take the"
                        + " pipelinebox-host.jar of the master's version");
    }

    @Test
    void theNameOfTheMastersMachineIsTaken() {
        assertThat(table.join(new HostId("local", 1), facts("local"), 0))
                .hasValueSatisfying(text -> assertThat(text).contains("--name"));
    }

    @Test
    void aSecondHostOfTheNameIsRefusedWhileTheFirstIsHeard() {
        fixture.join(facts("a"));

        assertThat(table.join(new HostId("a", 2), facts("a"), HostFixture.seconds(2)))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("A host of the name a is there already, at 10.0.0.1:7410")
                        .contains("--name"));
        assertThat(table.join(new HostId("a", 2), facts("a"), HostFixture.seconds(3)))
                .isEmpty();
    }

    @Test
    void joiningAgainWithTheSameNumberChangesNothing() {
        HostId a = fixture.join(facts("a"));

        assertThat(table.join(a, facts("a"), 0)).isEmpty();
        assertThat(state(a)).isEqualTo(HostState.SUITABLE);
    }

    @Test
    void aHostThatIsNotHeardGetsNoWorkersAndIsLostInTheEnd() {
        HostId a = fixture.join(facts("a"));
        fixture.placed(7);
        fixture.at(2.9);
        assertThat(table.takeChanges()).isEmpty();

        fixture.at(3);
        assertThat(table.takeChanges())
                .containsExactly(new HostChange.Silent(a, Duration.ofSeconds(3), Direction.FROM_HOST));
        assertThat(state(a)).isEqualTo(HostState.SILENT);
        assertThat(fixture.unplaced(WorkerOptions.defaults())).contains("a: is silent");

        fixture.at(14.9);
        assertThat(table.takeChanges()).isEmpty();
        fixture.at(15);
        assertThat(table.takeChanges())
                .containsExactly(new HostChange.Lost(a, "nothing was heard from it for 15 s", List.of(7L)));
        assertThat(table.hostOf(7)).isEmpty();
        table.release(7);
        assertThat(fixture.hear(a)).as("a lost host is not answered").isFalse();
    }

    @Test
    void aHostThatIsHeardAgainInTimeGoesOn() {
        HostId a = fixture.join(facts("a"));
        fixture.placed(7);
        fixture.at(14);
        table.takeChanges();

        assertThat(fixture.hear(a)).isTrue();
        assertThat(table.takeChanges()).as("it may not have heard the answer").isEmpty();
        assertThat(fixture.hear(a)).isTrue();

        assertThat(table.takeChanges()).containsExactly(new HostChange.HeardAgain(a));
        assertThat(table.processes(a)).containsExactly(7L);
    }

    @Test
    void aHostThatDoesNotHearTheMasterGetsNoWorkersAndIsAnsweredNoMoreInTheEnd() {
        HostId a = fixture.join(facts("a"));
        long last = fixture.lastRequest();
        for (int second = 1; second < 15; second++) {
            fixture.at(second);
            assertThat(fixture.hearWithLastAnswer(a, last)).isTrue();
        }
        assertThat(table.takeChanges())
                .containsExactly(new HostChange.Silent(a, Duration.ofSeconds(3), Direction.TO_HOST));

        fixture.at(15);
        assertThat(fixture.hearWithLastAnswer(a, last)).isFalse();
        fixture.at(29);
        assertThat(table.takeChanges())
                .containsExactly(new HostChange.Lost(
                        a, "it has not heard the master for 15 s, though the master hears it", List.of()));
    }

    @Test
    void aHostThatNeverHearsTheMasterIsNoHost() {
        HostId a = new HostId("a", 1);
        table.join(a, facts("a"), 0);
        for (int second = 1; second < 60; second++) {
            fixture.at(second);
            fixture.hearWithLastAnswer(a, 0);
        }

        assertThat(state(a)).isEqualTo(HostState.JOINED);
        assertThat(table.takeChanges()).isEmpty();
    }

    @Test
    void aHostThatSaysGoodbyeIsGoneAtOnce() {
        HostId a = fixture.join(facts("a"));
        fixture.placed(7);
        fixture.placed(8);

        table.onGoodbye(a);
        table.onGoodbye(a);

        assertThat(table.takeChanges()).containsExactly(new HostChange.Left(a, List.of(7L, 8L)));
        assertThat(table.status(a)).isEmpty();
    }

    @Test
    void aHostThatIsPutOutIsNotAnsweredAndCountsAsLostWhenItsLeaseIsOver() {
        HostId a = fixture.join(facts("a"));
        fixture.placed(7);
        table.exclude(a, "its key was revoked");

        fixture.at(1);
        assertThat(fixture.hear(a)).isFalse();
        assertThat(fixture.unplaced(WorkerOptions.defaults())).contains("a: is silent");
        fixture.at(14);
        assertThat(table.processes(a)).containsExactly(7L);
        table.takeChanges();

        fixture.at(15);
        assertThat(table.takeChanges()).containsExactly(new HostChange.Lost(a, "its key was revoked", List.of(7L)));
    }

    @Test
    void aHostThatJoinsAgainIsAnotherOneAndTheOldOneStaysLost() {
        HostId old = fixture.join(facts("a"));
        fixture.placed(7);
        fixture.at(4);
        HostId young = fixture.join(facts("a"), 2);
        fixture.placed(8);

        fixture.at(15);

        assertThat(table.takeChanges())
                .contains(new HostChange.Lost(old, "nothing was heard from it for 15 s", List.of(7L)));
        assertThat(fixture.hear(old)).isFalse();
        assertThat(table.processes(young)).containsExactly(8L);
    }

    /** The requests that came meanwhile are read after the first tick. */
    @Test
    void noSilenceCountsWhileTheMasterStoodStill() {
        HostId a = fixture.join(facts("a"));
        fixture.at(2);

        table.tick(HostFixture.seconds(40), true);
        assertThat(table.takeChanges()).isEmpty();
        table.tick(HostFixture.seconds(42), true);
        assertThat(table.takeChanges()).isEmpty();

        table.tick(HostFixture.seconds(43), true);
        assertThat(table.takeChanges())
                .containsExactly(new HostChange.Silent(a, Duration.ofSeconds(3), Direction.FROM_HOST));
        table.tick(HostFixture.seconds(55), true);
        assertThat(table.takeChanges()).hasAtLeastOneElementOfType(HostChange.Lost.class);
    }

    @Test
    void aHostThatDrainsGetsNoWorkersUntilItIsResumed() {
        HostId a = fixture.join(facts("a"));
        fixture.placed(7);

        table.drain(a);
        assertThat(table.takeChanges()).isEmpty();
        assertThat(state(a)).isEqualTo(HostState.DRAINING);
        assertThat(fixture.unplaced(WorkerOptions.defaults())).contains("a: is drained until it is resumed");

        table.release(7);
        assertThat(table.takeChanges()).containsExactly(new HostChange.Drained(a));
        assertThat(state(a)).isEqualTo(HostState.DRAINED);

        table.resume(a);
        assertThat(fixture.placed(8)).isEqualTo("a");
        table.release(8);
        assertThat(table.takeChanges()).isEmpty();
    }

    @Test
    void anIdleHostIsDrainedAtOnceAndSaysSoOnce() {
        HostId a = fixture.join(facts("a"));

        table.drain(a);
        fixture.at(1);

        assertThat(table.takeChanges()).containsExactly(new HostChange.Drained(a));
    }

    @Test
    void aHostIsUnsuitableForAsLongAsItSaysSo() {
        HostId a = fixture.join(facts("a"));

        table.onUnsuitable(a, "its cache is full");
        assertThat(table.takeChanges()).containsExactly(new HostChange.Unsuitable(a, "its cache is full"));
        assertThat(table.status(a)).hasValueSatisfying(status -> {
            assertThat(status.state()).isEqualTo(HostState.UNSUITABLE);
            assertThat(status.reason()).isEqualTo("its cache is full");
        });
        assertThat(fixture.unplaced(WorkerOptions.defaults()))
                .contains("a: cannot run these workers: its cache is full");

        table.onSuitable(a);
        assertThat(table.takeChanges()).containsExactly(new HostChange.Suitable(a));
        assertThat(fixture.placed(1)).isEqualTo("a");
    }

    @Test
    void aHostWhoseJavaIsTooOldIsUnsuitableForGood() {
        HostSettings later = new HostSettings(
                HostFixture.SETTINGS.leases(),
                Duration.ofSeconds(3),
                HostFixture.PROTOCOL,
                25,
                HostFixture.SETTINGS.rest());
        HostFixture newer = new HostFixture(later, Optional.empty());
        HostId a = newer.join(facts("a"));

        newer.table.onSuitable(a);

        assertThat(newer.table.takeChanges()).isEmpty();
        assertThat(newer.table.status(a)).hasValueSatisfying(status -> {
            assertThat(status.state()).isEqualTo(HostState.UNSUITABLE);
            assertThat(status.reason()).startsWith("its newest Java is 21 and the worker's classes need 25");
        });
    }

    private HostState state(HostId id) {
        return table.status(id).orElseThrow().state();
    }
}
