package dev.pipelinebox.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.DemandLimits;
import dev.pipelinebox.internal.bootstrap.OneTimeToken;
import dev.pipelinebox.internal.bootstrap.WorkerSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitingStartsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final WaitingStarts waiting = new WaitingStarts(Duration.ofSeconds(10), Duration.ofMinutes(2));

    @Test
    void usersAreToldOnceOfOneThatWaitsForLong() {
        waiting.add(request(1), "no host", 0);

        assertThat(waiting.takeToTell(9 * SECOND)).isEmpty();
        assertThat(waiting.takeToTell(10 * SECOND))
                .extracting(WaitingStarts.Unplaced::reason)
                .containsExactly("no host");
        assertThat(waiting.takeToTell(11 * SECOND)).isEmpty();
    }

    @Test
    void theTimeIsThatOfTheFirstTryAndTheReasonThatOfTheLast() {
        waiting.add(request(1), "no host", 0);
        waiting.add(request(1), "no label", 100 * SECOND);

        assertThat(waiting.takeOverdue(119 * SECOND)).isEmpty();
        assertThat(waiting.takeOverdue(120 * SECOND))
                .extracting(WaitingStarts.Unplaced::reason)
                .containsExactly("no label");
        assertThat(waiting.requests()).isEmpty();
    }

    @Test
    void theyWaitInTheOrderInWhichTheyCameUntilTheyAreTaken() {
        waiting.add(request(2), "", 0);
        waiting.add(request(1), "", 0);
        assertThat(waiting.requests()).extracting(StartRequest::process).containsExactly(2L, 1L);

        assertThat(waiting.take(2)).isPresent();
        assertThat(waiting.take(2)).isEmpty();
        waiting.remove(1);
        assertThat(waiting.requests()).isEmpty();
    }

    private static StartRequest request(long process) {
        WorkerSettings settings = WorkerSettings.of(ClusterSpec.createPrivate(), new DemandLimits(1, 1, 1), 1);
        Bootstrap bootstrap = new Bootstrap(0, process, OneTimeToken.create(), "", 1, "SomeWorker", null, settings);
        return new StartRequest(
                bootstrap, WorkerOptions.defaults(), "", CompletableFuture::new, new CompletableFuture<>());
    }
}
