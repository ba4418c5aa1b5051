package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.kill;
import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.api.WorkerStartException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers that cannot be built say why, and nothing waits for them for ever. */
@ExtendWith(NoProcessLeft.class)
class StartFailureIT {

    @Test
    void aConstructorThatExitsOrFillsTheHeapIsAnErrorWithAllThatIsKnown() {
        try (Master<String, Object> master = start(120)) {
            WorkerHandle exiting = master.addWorker(new FaultyWorker.Parameters("exit 4"));
            WorkerHandle growing = master.addWorker(
                    new FaultyWorker.Parameters("fill-heap"),
                    WorkerOptions.defaults().withHeap(64 << 20));

            WorkerExit exited = startFailure(exiting).exit().orElseThrow();
            assertThat(exited.exitCode()).isEqualTo(4);
            assertThat(exited.cause()).isEqualTo(WorkerExit.Cause.EXIT_CALLED);

            assertThat(startFailure(growing).exit().orElseThrow().cause()).isEqualTo(WorkerExit.Cause.OUT_OF_MEMORY);
        }
    }

    @Test
    void aConstructorThatHangsIsEndedByTheLimitAndFailsWhatWaits() throws Exception {
        long limit = secondsThatAStartNeverTakes();
        try (Master<String, Object> master = start(limit)) {
            WorkerHandle hanging = master.addWorker(new FaultyWorker.Parameters("spin"));
            CompletableFuture<Object> waiting = master.ask("never run").toCompletableFuture();

            WorkerStartException hung = startFailure(hanging);
            assertThat(hung).hasMessageContaining(limit + " s").hasMessageContaining("pipelinebox.worker.init-timeout");
            assertThat(hung.exit().orElseThrow().threadDump()).contains("FaultyWorker.spin");

            assertThat(catchThrowable(() -> waiting.get(60, TimeUnit.SECONDS))).hasCause(hung);
        }
    }

    @Test
    void aWorkerThatIsKilledFromOutsideWhileItStartsIsNoFailedStart() throws Exception {
        try (Master<String, Object> master = start(120)) {
            WorkerHandle worker = master.addWorker(new FaultyWorker.Parameters("none"));
            long killed = 0;
            for (int strike = 1; strike <= 3; strike++) {
                long last = killed;
                await().until(() -> worker.pid() > 0 && worker.pid() != last);
                killed = worker.pid();
                assertThat(worker.ready().toCompletableFuture()).isNotDone();
                kill(killed);
            }

            ready(worker);
            assertThat(worker.pid()).isNotEqualTo(killed);
        }
    }

    /** Five times as long as one takes now, and at least five seconds. */
    private static long secondsThatAStartNeverTakes() {
        try (Master<String, Object> master = start(120)) {
            long begin = System.nanoTime();
            ready(master.addWorker(new FaultyWorker.Parameters("none")));
            return 5 * (1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
        }
    }

    private static Master<String, Object> start(long initTimeoutSeconds) {
        return Master.of(FaultyWorker.class)
                .config(ConfigFactory.parseString(
                        "pipelinebox.worker { max-start-failures = 1, init-timeout = " + initTimeoutSeconds + " s }"))
                .start();
    }

    private static WorkerStartException startFailure(WorkerHandle worker) {
        Throwable failure =
                catchThrowable(() -> worker.ready().toCompletableFuture().get(240, TimeUnit.SECONDS));
        assertThat(failure).hasCauseInstanceOf(WorkerStartException.class);
        return (WorkerStartException) failure.getCause();
    }
}
