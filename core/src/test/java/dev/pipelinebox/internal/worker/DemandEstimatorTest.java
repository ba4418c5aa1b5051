package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.bootstrap.DemandLimits;
import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemandEstimatorTest {

    private static final int MOST_TASKS = 512;
    private static final long MOST_BYTES = 16 << 20;

    private final DemandEstimator meter = new DemandEstimator(new DemandLimits(10_000, MOST_TASKS, MOST_BYTES));

    @Test
    void asksForOneTaskBeforeItHasMeasuredAny() {
        assertThat(meter.demand()).isEqualTo(new Demand(1, MOST_BYTES));
    }

    @ParameterizedTest
    @ValueSource(longs = {20, 21, 100, 60_000, 86_400_000})
    void asksForOneTaskAtATimeFromTwentyMillisecondsUp(long millis) {
        run(100, Duration.ofMillis(millis));

        assertThat(meter.demand().tasks()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "5, 2", "4, 2", "2, 5", "1, 10"})
    void asksForAboutTenMillisecondsOfWorkBehindTheTaskThatRuns(long millis, int tasks) {
        run(100, Duration.ofMillis(millis));

        assertThat(meter.demand().tasks()).isBetween(1 + tasks, 2 + tasks);
    }

    @Test
    void asksForHundredsOfTinyTasks() {
        run(100, Duration.ofNanos(20_000));

        assertThat(meter.demand().tasks()).isBetween(400, 501);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_000})
    void neverAsksForMoreThanTheSettingsAllow(long nanos) {
        run(1_000, Duration.ofNanos(nanos));

        assertThat(meter.demand()).isEqualTo(new Demand(MOST_TASKS, MOST_BYTES));
    }

    @Test
    void asksForHundredsWithinAFewDozenTasks() {
        run(30, Duration.ofNanos(1_000));

        assertThat(meter.demand().tasks()).isGreaterThan(200);
    }

    @Test
    void asksForOneAgainAfterASingleLongTask() {
        run(1_000, Duration.ofNanos(1_000));

        run(1, Duration.ofMillis(100));

        assertThat(meter.demand().tasks()).isEqualTo(1);
    }

    @Test
    void asksForAtLeastOneWhateverItMeasures() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < 200; i++) {
                meter.onTask((long) Math.exp(random.nextDouble() * 43));
                assertThat(meter.demand().tasks()).as("seed %d", seed).isBetween(1, MOST_TASKS);
            }
        }
    }

    private void run(int tasks, Duration each) {
        for (int i = 0; i < tasks; i++) {
            meter.onTask(each.toNanos());
        }
    }
}
