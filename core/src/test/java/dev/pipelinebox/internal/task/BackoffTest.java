package dev.pipelinebox.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Duration MIN = Duration.ofMillis(200);
    private static final Duration MAX = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource({"1, 200", "2, 400", "3, 800", "6, 6400", "7, 10000", "8, 10000", "1000000, 10000"})
    void doublesFromFailureToFailureUpToTheLongest(int failures, long millis) {
        assertThat(Backoff.of(failures, MIN, MAX)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void isTheShortestIfNothingHasFailed() {
        assertThat(Backoff.of(0, MIN, MAX)).isEqualTo(MIN);
    }

    @Test
    void isTheLongestIfTheShortestIsLonger() {
        assertThat(Backoff.of(1, Duration.ofSeconds(20), MAX)).isEqualTo(MAX);
    }

    @Test
    void isNoneIfThereIsNone() {
        assertThat(Backoff.of(5, Duration.ZERO, MAX)).isZero();
        assertThat(Backoff.of(5, MIN, Duration.ZERO)).isZero();
    }
}
