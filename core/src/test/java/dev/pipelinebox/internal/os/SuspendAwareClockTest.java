package dev.pipelinebox.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SuspendAwareClockTest {

    private static final Duration LONGEST_STEP = Duration.ofMillis(200);

    private long nanoTime = -5_000;
    private final SuspendAwareClock clock = new SuspendAwareClock(LONGEST_STEP, () -> nanoTime);

    @Test
    void startsAtZero() {
        assertThat(clock.now()).isZero();
    }

    @Test
    void goesLikeAnyOtherWhileItIsAskedOften() {
        for (int i = 1; i <= 100; i++) {
            nanoTime += Duration.ofMillis(50).toNanos();
            assertThat(clock.now()).isEqualTo(Duration.ofMillis(50L * i).toNanos());
        }
    }

    @Test
    void takesAPauseForTheLongestStep() {
        nanoTime += Duration.ofMillis(10).toNanos();
        clock.now();

        nanoTime += Duration.ofSeconds(10).toNanos();

        assertThat(clock.now())
                .isEqualTo(Duration.ofMillis(10).plus(LONGEST_STEP).toNanos());
    }

    @Test
    void goesOnAfterAPause() {
        nanoTime += Duration.ofSeconds(10).toNanos();
        clock.now();

        nanoTime += Duration.ofMillis(10).toNanos();

        assertThat(clock.now()).isEqualTo(LONGEST_STEP.plusMillis(10).toNanos());
    }

    @Test
    void knowsForAMinuteThatItHasComeBackFromALongPause() {
        nanoTime += Duration.ofSeconds(19).toNanos();
        assertThat(clock.hasJustComeBack()).isFalse();

        nanoTime += Duration.ofSeconds(21).toNanos();
        assertThat(clock.hasJustComeBack()).isTrue();

        for (int tick = 0; tick < 300; tick++) {
            assertThat(clock.hasJustComeBack()).isTrue();
            nanoTime += LONGEST_STEP.toNanos();
        }
        assertThat(clock.hasJustComeBack()).isTrue();
        nanoTime += LONGEST_STEP.toNanos();
        assertThat(clock.hasJustComeBack()).isFalse();
    }

    @Test
    void standsStillBetweenTwoCallsAtOneTime() {
        nanoTime += 100;

        assertThat(clock.now()).isEqualTo(clock.now());
    }
}
