package dev.pipelinebox.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountdownsTest {

    private final Countdowns countdowns = new Countdowns(Duration.ofMillis(200));

    @Test
    void runOutOnceAfterSoManyTicks() {
        countdowns.start(EntryCommand.Timer.KILL_OVER, Duration.ofMillis(399));
        countdowns.start(EntryCommand.Timer.GRACE_OVER, Duration.ZERO);

        assertThat(countdowns.tick()).isEmpty();
        assertThat(countdowns.tick()).containsExactly(EntryCommand.Timer.GRACE_OVER);
        assertThat(countdowns.tick()).containsExactly(EntryCommand.Timer.KILL_OVER);
        assertThat(countdowns.tick()).isEmpty();
    }

    @Test
    void goOnUnlessTheyAreStartedOver() {
        countdowns.start(EntryCommand.Timer.GRACE_OVER, Duration.ofMillis(200));
        countdowns.startOnce(EntryCommand.Timer.GRACE_OVER, Duration.ofDays(1_000_000));
        countdowns.tick();
        countdowns.tick();
        assertThat(countdowns.tick()).containsExactly(EntryCommand.Timer.GRACE_OVER);

        countdowns.start(EntryCommand.Timer.GRACE_OVER, Duration.ofMillis(200));
        countdowns.start(EntryCommand.Timer.GRACE_OVER, Duration.ofDays(1_000_000));
        for (int tick = 0; tick < 10; tick++) {
            assertThat(countdowns.tick()).isEmpty();
        }
    }

    @Test
    void canBeCancelled() {
        countdowns.start(EntryCommand.Timer.INIT_TIMEOUT, Duration.ofMillis(200));
        countdowns.cancel(EntryCommand.Timer.INIT_TIMEOUT);

        for (int tick = 0; tick < 10; tick++) {
            assertThat(countdowns.tick()).isEmpty();
        }
    }
}
