package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.os.SuspendAwareClock;
import dev.pipelinebox.internal.pool.Deadlines.Deadline;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looked at every 200 ms. */
class DeadlinesTest {

    private static final Duration TICK = Duration.ofMillis(200);

    private long nanoTime = -5_000;
    private final SuspendAwareClock clock = new SuspendAwareClock(TICK.multipliedBy(2), () -> nanoTime);
    private final Deadlines countdowns = new Deadlines();

    @Test
    void runOutOnceAfterTheirTimeFromTheNextLookOn() {
        countdowns.start(Deadline.KILL, Duration.ofMillis(399));
        countdowns.start(Deadline.STOP, Duration.ZERO);

        assertThat(tick()).isEmpty();
        assertThat(tick()).containsExactly(Deadline.STOP);
        assertThat(tick()).containsExactly(Deadline.KILL);
        assertThat(tick()).isEmpty();
    }

    @Test
    void goOnUnlessTheyAreStartedOver() {
        countdowns.start(Deadline.STOP, Duration.ofMillis(400));
        countdowns.startOnce(Deadline.STOP, Duration.ofDays(1_000_000));
        tick();
        countdowns.startOnce(Deadline.STOP, Duration.ofDays(1_000_000));
        assertThat(tick()).isEmpty();
        assertThat(tick()).containsExactly(Deadline.STOP);

        countdowns.start(Deadline.STOP, Duration.ofMillis(200));
        tick();
        countdowns.start(Deadline.STOP, Duration.ofDays(1_000_000));
        for (int tick = 0; tick < 10; tick++) {
            assertThat(tick()).isEmpty();
        }
    }

    @Test
    void canBeCancelled() {
        countdowns.start(Deadline.START, Duration.ofMillis(200));
        countdowns.start(Deadline.STOP, Duration.ofMillis(200));
        countdowns.cancel(Deadline.START);
        tick();
        countdowns.cancel(Deadline.STOP);

        for (int tick = 0; tick < 10; tick++) {
            assertThat(tick()).isEmpty();
        }
    }

    @Test
    void loseOneStepOfTheClockAtMostWhenThisProcessStandsStill() {
        countdowns.start(Deadline.STOP, Duration.ofMillis(700));
        assertThat(lookAfter(Duration.ofHours(1))).isEmpty();

        assertThat(lookAfter(Duration.ofHours(1))).isEmpty();
        assertThat(tick()).isEmpty();
        assertThat(tick()).containsExactly(Deadline.STOP);
    }

    private List<Deadline> tick() {
        return lookAfter(TICK);
    }

    private List<Deadline> lookAfter(Duration time) {
        nanoTime += time.toNanos();
        return countdowns.expired(clock.now());
    }
}
