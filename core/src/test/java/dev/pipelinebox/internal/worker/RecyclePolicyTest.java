package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.bootstrap.RecycleLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecyclePolicyTest {

    private static final long UNLIMITED = Long.MAX_VALUE;

    /** Clocks of this kind may start anywhere. */
    private static final long START = Long.MAX_VALUE - 1_000_000;

    private long residentBytes;
    private int sizeChecks;

    @Test
    void isNeverDueWithoutLimits() {
        residentBytes = UNLIMITED - 1;
        RecyclePolicy policy = policy(RecycleLimits.NONE, 1);
        policy.onTask();

        assertThat(policy.reason(START + Duration.ofDays(365).toNanos())).isEmpty();
        assertThat(sizeChecks).isZero();
    }

    @Test
    void isDueAfterSoManyTasks() {
        RecyclePolicy policy = policy(new RecycleLimits(3, UNLIMITED, UNLIMITED), 0);
        policy.onTask();
        policy.onTask();
        assertThat(policy.reason(START)).isEmpty();

        policy.onTask();

        assertThat(policy.reason(START))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("3 tasks", "pipelinebox.worker.recycle.after-tasks"));
    }

    @Test
    void isDueAtAnAge() {
        RecyclePolicy policy = policy(new RecycleLimits(UNLIMITED, 60_000, UNLIMITED), 0);

        assertThat(policy.reason(START + Duration.ofSeconds(60).toNanos() - 1)).isEmpty();
        assertThat(policy.reason(START + Duration.ofSeconds(60).toNanos()))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("60 s old", "pipelinebox.worker.recycle.after"));
    }

    @ParameterizedTest
    @CsvSource({"0, 60000", "0.5, 52500", "1, 45000"})
    void isDueUpToAQuarterEarlier(double jitter, long millis) {
        RecyclePolicy policy = policy(new RecycleLimits(UNLIMITED, 60_000, UNLIMITED), jitter);

        assertThat(policy.reason(START + Duration.ofMillis(millis).toNanos() - 1))
                .isEmpty();
        assertThat(policy.reason(START + Duration.ofMillis(millis).toNanos())).isPresent();
    }

    @Test
    void isDueWhenItsProcessIsTooLarge() {
        RecyclePolicy policy = policy(new RecycleLimits(UNLIMITED, UNLIMITED, 100 << 20), 0);
        residentBytes = 100 << 20;
        assertThat(policy.reason(afterSeconds(1)))
                .as("just as large as it may be")
                .isEmpty();

        residentBytes = 150 << 20;

        assertThat(policy.reason(afterSeconds(2)))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("150 MiB", "pipelinebox.worker.recycle.above-memory"));
    }

    @Test
    void checksItsSizeOnceASecond() {
        RecyclePolicy policy = policy(new RecycleLimits(UNLIMITED, UNLIMITED, 100 << 20), 0);

        for (long millis = 0; millis <= 3_500; millis += 50) {
            policy.reason(START + Duration.ofMillis(millis).toNanos());
        }

        assertThat(sizeChecks).isEqualTo(3);
    }

    @Test
    void isNotDueWhereItsSizeIsNotKnown() {
        residentBytes = 0;

        assertThat(policy(new RecycleLimits(UNLIMITED, UNLIMITED, 1), 0).reason(afterSeconds(5)))
                .isEmpty();
    }

    @Test
    void isDueWhenTheWorkerIsNotHealthy() {
        RecyclePolicy policy = policy(RecycleLimits.NONE, 0);
        policy.onUnhealthy();

        assertThat(policy.reason(START))
                .hasValueSatisfying(reason -> assertThat(reason).contains("not healthy"));
    }

    @Test
    void reportsOnce() {
        RecyclePolicy policy = policy(new RecycleLimits(1, 1, 1), 0);
        policy.onTask();
        policy.onUnhealthy();
        assertThat(policy.reason(afterSeconds(5))).isPresent();

        policy.onTask();

        assertThat(policy.reason(afterSeconds(10))).isEmpty();
    }

    private RecyclePolicy policy(RecycleLimits limits, double jitter) {
        return new RecyclePolicy(limits, START, jitter, () -> {
            sizeChecks++;
            return residentBytes;
        });
    }

    private static long afterSeconds(int seconds) {
        return START + Duration.ofSeconds(seconds).toNanos();
    }
}
