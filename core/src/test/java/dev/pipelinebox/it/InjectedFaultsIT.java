package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerExit.Cause;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerLostException;
import dev.pipelinebox.testkit.TestKit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The faults of the test kit strike real processes, and what comes of each is exactly this. */
@ExtendWith(NoProcessLeft.class)
class InjectedFaultsIT {

    private static final TaskOptions ONCE = TaskOptions.defaults().withMaxAttempts(1);

    private final Events events = new Events();

    @Test
    void aTaskOfABroadcastCanBeRunAgainThoughItsWorkerIsGone() {
        try (Master<Long, Long> master = start(TestKit.inProcess().crashOnce(1), "task.max-attempts = 1")) {
            WorkerHandle struck = master.addWorker();
            ready(struck);
            assertThat(master.broadcast(5L).stream()).noneMatch(result -> result.isSuccess());
            ready(master.addWorker());
            struck.stop().toCompletableFuture().join();

            assertThat(master.failedForGood().get(0).runAgain().toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(6L);
        }
    }

    @Test
    void eachFaultEndsAProcessInItsOwnWay() {
        TestKit kit = TestKit.faults()
                .failingStarts(1)
                .crash(1)
                .crashOnce(2)
                .hang(3)
                .outOfMemory(4)
                .exit(5, 42);
        try (Master<Long, Long> master = start(kit, "worker.restart-backoff.max = 200 ms")) {
            ready(master.addWorker(), master.addWorker());
            CompletableFuture<Long> crashing =
                    ask(master, 1, TaskOptions.defaults().withMaxAttempts(2));
            CompletableFuture<Long> crashingOnce = ask(master, 2, TaskOptions.defaults());
            CompletableFuture<Long> hanging =
                    ask(master, 3, TaskOptions.defaults().withHardTimeout(Duration.ofSeconds(3)));
            CompletableFuture<Long> growing = ask(master, 4, ONCE);
            CompletableFuture<Long> exiting = ask(master, 5, ONCE);
            CompletableFuture<Long> sound = ask(master, 6, TaskOptions.defaults());

            assertThat(failure(WorkerLostException.class, crashing).dossier().attempts())
                    .extracting(attempt -> attempt.exit().cause())
                    .containsExactly(Cause.NATIVE_CRASH, Cause.NATIVE_CRASH);
            assertThat(crashingOnce).succeedsWithin(PATIENCE).isEqualTo(3L);
            TaskTimeoutException hung = failure(TaskTimeoutException.class, hanging);
            assertThat(hung.limit()).isEqualTo(TaskTimeoutException.Limit.HARD);
            assertThat(hung.dossier().orElseThrow().exit().threadDump()).contains(".hang(");
            assertThat(failure(WorkerLostException.class, growing).exit().cause())
                    .isEqualTo(Cause.OUT_OF_MEMORY);
            WorkerExit exited = failure(WorkerLostException.class, exiting).exit();
            assertThat(exited.cause()).isEqualTo(Cause.EXIT_CALLED);
            assertThat(exited.exitCode()).isEqualTo(42);
            assertThat(sound).succeedsWithin(PATIENCE).isEqualTo(7L);
        }
        assertThat(events.exits())
                .filteredOn(cause -> cause != Cause.STOPPED)
                .as("the ends of workers that were ready")
                .contains(Cause.NATIVE_CRASH, Cause.KILLED_BY_MASTER, Cause.OUT_OF_MEMORY, Cause.EXIT_CALLED)
                .filteredOn(Cause.NATIVE_CRASH::equals)
                .hasSize(3);
        assertThat(events.of(PoolEvent.WorkerStartFailed.class)).hasSize(1);
    }

    @Test
    void aSlowStartIsReadyLaterThanItsDelay() {
        Duration delay = Duration.ofMillis(2500);
        try (Master<Long, Long> master = start(TestKit.faults().slowStart(delay), "")) {
            long before = System.nanoTime();
            WorkerHandle worker = master.addWorker();
            ready(worker);

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(delay);
        }
    }

    private Master<Long, Long> start(TestKit kit, String settings) {
        String quickStart = "worker.jvm-arguments = [\"-XX:TieredStopAtLevel=1\"]\n";
        Config own = ConfigFactory.parseString("pipelinebox {" + quickStart + settings + "}");
        return Master.of(Workers.Increment.class)
                .config(kit.toConfig().withFallback(own))
                .monitor(events)
                .start();
    }

    private static CompletableFuture<Long> ask(Master<Long, Long> master, long task, TaskOptions options) {
        return master.ask(task, options).toCompletableFuture();
    }

    private static <E extends Throwable> E failure(Class<E> type, CompletableFuture<Long> task) {
        Throwable failure = catchThrowable(() -> task.get(60, TimeUnit.SECONDS));
        assertThat(failure).hasCauseInstanceOf(type);
        return type.cast(failure.getCause());
    }
}
