package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.pool.Deadlines.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final Deadlines countdowns = new Deadlines(Duration.ofMillis(200));

    @Test
    void runOutOnceAfterSoManyTicks() {
        countdowns.start(Deadline.KILL, Duration.ofMillis(399));
        countdowns.start(Deadline.STOP, Duration.ZERO);

        assertThat(countdowns.tick()).isEmpty();
        assertThat(countdowns.tick()).containsExactly(Deadline.STOP);
        assertThat(countdowns.tick()).containsExactly(Deadline.KILL);
        assertThat(countdowns.tick()).isEmpty();
    }

    @Test
    void goOnUnlessTheyAreStartedOver() {
        countdowns.start(Deadline.STOP, Duration.ofMillis(200));
        countdowns.startOnce(Deadline.STOP, Duration.ofDays(1_000_000));
        countdowns.tick();
        countdowns.tick();
        assertThat(countdowns.tick()).containsExactly(Deadline.STOP);

        countdowns.start(Deadline.STOP, Duration.ofMillis(200));
        countdowns.start(Deadline.STOP, Duration.ofDays(1_000_000));
        for (int tick = 0; tick < 10; tick++) {
            assertThat(countdowns.tick()).isEmpty();
        }
    }

    @Test
    void canBeCancelled() {
        countdowns.start(Deadline.START, Duration.ofMillis(200));
        countdowns.cancel(Deadline.START);

        for (int tick = 0; tick < 10; tick++) {
            assertThat(countdowns.tick()).isEmpty();
        }
    }
}
