package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.bootstrap.Bootstrap.Wear;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecyclePolicyTest {

    private static final long UNLIMITED = Long.MAX_VALUE;

    /** Clocks of this kind may start anywhere. */
    private static final long BIRTH = Long.MAX_VALUE - 1_000_000;

    private long residentBytes;
    private int looksAtSize;

    @Test
    void tellsNothingWithoutLimits() {
        residentBytes = UNLIMITED - 1;
        RecyclePolicy meter = meter(Wear.NEVER, 1);
        meter.onTask();

        assertThat(meter.reason(BIRTH + Duration.ofDays(365).toNanos())).isEmpty();
        assertThat(looksAtSize).isZero();
    }

    @Test
    void tellsWhenItHasRunSoManyTasks() {
        RecyclePolicy meter = meter(new Wear(3, UNLIMITED, UNLIMITED), 0);
        meter.onTask();
        meter.onTask();
        assertThat(meter.reason(BIRTH)).isEmpty();

        meter.onTask();

        assertThat(meter.reason(BIRTH))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("3 tasks", "pipelinebox.worker.recycle.after-tasks"));
    }

    @Test
    void tellsWhenItIsSoOld() {
        RecyclePolicy meter = meter(new Wear(UNLIMITED, 60_000, UNLIMITED), 0);

        assertThat(meter.reason(BIRTH + Duration.ofSeconds(60).toNanos() - 1)).isEmpty();
        assertThat(meter.reason(BIRTH + Duration.ofSeconds(60).toNanos()))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("60 s old", "pipelinebox.worker.recycle.after"));
    }

    @ParameterizedTest
    @CsvSource({"0, 60000", "0.5, 52500", "1, 45000"})
    void isSoOldUpToAQuarterEarlier(double youth, long millis) {
        RecyclePolicy meter = meter(new Wear(UNLIMITED, 60_000, UNLIMITED), youth);

        assertThat(meter.reason(BIRTH + Duration.ofMillis(millis).toNanos() - 1))
                .isEmpty();
        assertThat(meter.reason(BIRTH + Duration.ofMillis(millis).toNanos())).isPresent();
    }

    @Test
    void tellsWhenItsProcessIsTooLarge() {
        RecyclePolicy meter = meter(new Wear(UNLIMITED, UNLIMITED, 100 << 20), 0);
        residentBytes = 100 << 20;
        assertThat(meter.reason(afterSeconds(1)))
                .as("just as large as it may be")
                .isEmpty();

        residentBytes = 150 << 20;

        assertThat(meter.reason(afterSeconds(2)))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("150 MiB", "pipelinebox.worker.recycle.above-memory"));
    }

    @Test
    void looksAtItsSizeOnceASecond() {
        RecyclePolicy meter = meter(new Wear(UNLIMITED, UNLIMITED, 100 << 20), 0);

        for (long millis = 0; millis <= 3_500; millis += 50) {
            meter.reason(BIRTH + Duration.ofMillis(millis).toNanos());
        }

        assertThat(looksAtSize).isEqualTo(3);
    }

    @Test
    void isNotWornWhereItsSizeIsNotKnown() {
        residentBytes = 0;

        assertThat(meter(new Wear(UNLIMITED, UNLIMITED, 1), 0).reason(afterSeconds(5)))
                .isEmpty();
    }

    @Test
    void tellsWhenItSaysThatItIsNotHealthy() {
        RecyclePolicy meter = meter(Wear.NEVER, 0);
        meter.onUnhealthy();

        assertThat(meter.reason(BIRTH))
                .hasValueSatisfying(reason -> assertThat(reason).contains("not healthy"));
    }

    @Test
    void tellsOnce() {
        RecyclePolicy meter = meter(new Wear(1, 1, 1), 0);
        meter.onTask();
        meter.onUnhealthy();
        assertThat(meter.reason(afterSeconds(5))).isPresent();

        meter.onTask();

        assertThat(meter.reason(afterSeconds(10))).isEmpty();
    }

    private RecyclePolicy meter(Wear limits, double youth) {
        return new RecyclePolicy(limits, BIRTH, youth, () -> {
            looksAtSize++;
            return residentBytes;
        });
    }

    private static long afterSeconds(int seconds) {
        return BIRTH + Duration.ofSeconds(seconds).toNanos();
    }
}
