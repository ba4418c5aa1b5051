package dev.pipelinebox.internal.pool;

import static dev.pipelinebox.internal.pool.LivenessProbe.Verdict.ASK;
import static dev.pipelinebox.internal.pool.LivenessProbe.Verdict.SILENT;
import static dev.pipelinebox.internal.pool.LivenessProbe.Verdict.WELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Times are in seconds; a worker has 20 for its answer, and messages are numbered from 1. */
class LivenessProbeTest {

    private static final boolean IDLE = true;

    private final LivenessProbe watch = new LivenessProbe(Duration.ofSeconds(20));

    @Test
    void theTimeBeforeTheFirstLookDoesNotCount() {
        assertThat(look(0, !IDLE, 100)).isEqualTo(WELL);
        assertThat(look(0, !IDLE, 119)).isEqualTo(WELL);
        assertThat(look(0, !IDLE, 120)).isEqualTo(SILENT);
    }

    @Test
    void aWorkerThatIsToldNothingIsAskedNowAndThen() {
        look(0, IDLE, 0);

        assertThat(look(0, IDLE, 4)).isEqualTo(WELL);
        assertThat(look(0, IDLE, 5)).isEqualTo(ASK);
        assertThat(look(1, IDLE, 6)).isEqualTo(WELL);
        assertThat(look(1, IDLE, 10)).isEqualTo(WELL);
        assertThat(look(1, IDLE, 11)).isEqualTo(ASK);
    }

    @Test
    void aWorkerIsSilentWhenItHasLeftSomethingUnansweredForTooLong() {
        look(0, IDLE, 5);

        assertThat(look(0, !IDLE, 24)).isEqualTo(WELL);
        assertThat(look(0, !IDLE, 25)).isEqualTo(SILENT);
    }

    @Test
    void aWorkerThatComesBackInTimeIsWell() {
        look(0, IDLE, 5);

        assertThat(look(0, !IDLE, 15)).isEqualTo(WELL);
        assertThat(look(1, IDLE, 16)).isEqualTo(WELL);
        assertThat(look(1, !IDLE, 35)).isEqualTo(WELL);
    }

    @Test
    void aWorkerThatIsToldMoreAndMoreIsWellAsLongAsItAnswersSomeOfIt() {
        for (int second = 1; second <= 100; second++) {
            assertThat(look(second, !IDLE, second)).isEqualTo(WELL);
        }
    }

    @Test
    void whatItIsToldAfterALongIdleTimeHasItsFullTime() {
        look(0, IDLE, 0);

        assertThat(look(0, IDLE, 19)).isEqualTo(ASK);
        assertThat(look(0, !IDLE, 38)).isEqualTo(WELL);
        assertThat(look(0, !IDLE, 39)).isEqualTo(SILENT);
    }

    @Test
    void aWorkerThatAnswersIsNotAskedBeside() {
        for (int second = 1; second <= 100; second++) {
            assertThat(look(second, IDLE, second)).isEqualTo(WELL);
        }
    }

    private LivenessProbe.Verdict look(long lastAcknowledged, boolean owesNothing, long seconds) {
        return watch.look(
                lastAcknowledged, owesNothing, Duration.ofSeconds(seconds).toNanos());
    }
}
