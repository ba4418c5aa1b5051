package dev.pipelinebox.internal.pool;

import static dev.pipelinebox.internal.pool.LivenessProbe.Liveness.ALIVE;
import static dev.pipelinebox.internal.pool.LivenessProbe.Liveness.PROBE_DUE;
import static dev.pipelinebox.internal.pool.LivenessProbe.Liveness.UNRESPONSIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Times are in seconds; a worker has 20 for its answer, and messages are numbered from 1. */
class LivenessProbeTest {

    private static final boolean IDLE = true;

    private final LivenessProbe watch = new LivenessProbe(Duration.ofSeconds(20));

    @Test
    void theTimeBeforeTheFirstLookDoesNotCount() {
        assertThat(check(0, !IDLE, 100)).isEqualTo(ALIVE);
        assertThat(check(0, !IDLE, 119)).isEqualTo(ALIVE);
        assertThat(check(0, !IDLE, 120)).isEqualTo(UNRESPONSIVE);
    }

    @Test
    void aWorkerThatIsToldNothingIsAskedNowAndThen() {
        check(0, IDLE, 0);

        assertThat(check(0, IDLE, 4)).isEqualTo(ALIVE);
        assertThat(check(0, IDLE, 5)).isEqualTo(PROBE_DUE);
        assertThat(check(1, IDLE, 6)).isEqualTo(ALIVE);
        assertThat(check(1, IDLE, 10)).isEqualTo(ALIVE);
        assertThat(check(1, IDLE, 11)).isEqualTo(PROBE_DUE);
    }

    @Test
    void aWorkerIsSilentWhenItHasLeftSomethingUnansweredForTooLong() {
        check(0, IDLE, 5);

        assertThat(check(0, !IDLE, 24)).isEqualTo(ALIVE);
        assertThat(check(0, !IDLE, 25)).isEqualTo(UNRESPONSIVE);
    }

    @Test
    void aWorkerThatComesBackInTimeIsWell() {
        check(0, IDLE, 5);

        assertThat(check(0, !IDLE, 15)).isEqualTo(ALIVE);
        assertThat(check(1, IDLE, 16)).isEqualTo(ALIVE);
        assertThat(check(1, !IDLE, 35)).isEqualTo(ALIVE);
    }

    @Test
    void aWorkerThatIsToldMoreAndMoreIsWellAsLongAsItAnswersSomeOfIt() {
        for (int second = 1; second <= 100; second++) {
            assertThat(check(second, !IDLE, second)).isEqualTo(ALIVE);
        }
    }

    @Test
    void whatItIsToldAfterALongIdleTimeHasItsFullTime() {
        check(0, IDLE, 0);

        assertThat(check(0, IDLE, 19)).isEqualTo(PROBE_DUE);
        assertThat(check(0, !IDLE, 38)).isEqualTo(ALIVE);
        assertThat(check(0, !IDLE, 39)).isEqualTo(UNRESPONSIVE);
    }

    @Test
    void aWorkerThatAnswersIsNotAskedBeside() {
        for (int second = 1; second <= 100; second++) {
            assertThat(check(second, IDLE, second)).isEqualTo(ALIVE);
        }
    }

    private LivenessProbe.Liveness check(long lastAcknowledged, boolean owesNothing, long seconds) {
        return watch.check(
                lastAcknowledged, owesNothing, Duration.ofSeconds(seconds).toNanos());
    }
}
