package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerLostException;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.testkit.TestKit;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With the workers inside the caller's process all is as with processes, but what only a process can do. */
@ExtendWith(NoProcessLeft.class)
class InProcessIT {

    private static final TracingWorker.Parameters ALICE = new TracingWorker.Parameters("Alice");

    private final Events events = new Events();
    private final Set<Thread> before = new HashSet<>(ours());

    @BeforeEach
    void forget() {
        TracingWorker.forget();
    }

    @AfterEach
    void noThreadIsLeft() {
        TracingWorker.letGo.countDown();
        await().untilAsserted(() -> assertThat(ours()).as("threads left behind").isSubsetOf(before));
    }

    @Test
    void theApplicationsConfigurationStaysCachedWhileMasterAndWorkersStart() {
        Config applications = ConfigFactory.load();

        try (Master<String, Object> master = start(TestKit.inProcess(), "")) {
            ready(master.addWorker(ALICE), master.addWorker(ALICE));
        }

        assertThat(ConfigFactory.load() == applications).isTrue();
    }

    @Test
    void theWorkersAreInThisProcessAndLeaveNothingBehind() {
        Set<Object> names = new HashSet<>();
        try (Master<String, Object> master = start(TestKit.inProcess(), "")) {
            WorkerHandle alice = master.addWorker(ALICE);
            WorkerHandle bob = master.addWorker(
                    Map.of("name", "Bob"), WorkerOptions.defaults().withHeap(64 << 20));
            ready(alice, bob);
            assertThat(TracingWorker.TRACES).containsExactlyInAnyOrder("built Alice", "built Bob");
            assertThat(alice.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(NoProcessLeft.living()).isEmpty();
            for (TaskResult<Object> result : master.runAll(Stream.concat(
                            Stream.of("meet", "meet"),
                            Stream.generate(() -> "who").limit(2000))
                    .toList())) {
                names.add(result.value());
            }
        }
        assertThat(names).containsExactlyInAnyOrder("Alice", "Bob");
        assertThat(TracingWorker.TRACES).contains("closed Alice", "closed Bob");
        assertThat(events.exits()).containsOnly(WorkerExit.Cause.STOPPED).hasSize(2);
    }

    @Test
    void whatCannotBeSerialisedShows() {
        try (Master<String, Object> master = start(TestKit.inProcess(), "")) {
            master.addWorker(ALICE);

            assertThat(failure(PayloadException.class, master, "unwritable")).hasMessageContaining("java.lang.Object");
            assertThat(master.ask("who").toCompletableFuture()).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void theMasterGoesOnThoughTheCompletionExecutorBlocks() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        ThreadPoolExecutor blocking = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>(), InProcessIT::waitForAThread);
        try (Master<String, Object> master = Master.of(TracingWorker.class)
                .config(TestKit.inProcess().toConfig())
                .completionExecutor(blocking)
                .start()) {
            ready(master.addWorker(ALICE));
            List<CompletableFuture<Void>> held = Stream.generate(() -> master.ask("who")
                            .thenRun(() -> await().until(() -> released.getCount() == 0))
                            .toCompletableFuture())
                    .limit(3)
                    .toList();

            assertThat(master.ask("who").toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isEqualTo("Alice");
            assertThat(held).noneMatch(CompletableFuture::isDone);
            released.countDown();

            assertThat(held).allSatisfy(stage -> assertThat(stage).succeedsWithin(Duration.ofSeconds(20)));
        } finally {
            released.countDown();
            blocking.shutdown();
        }
    }

    private static void waitForAThread(Runnable action, ThreadPoolExecutor executor) {
        try {
            executor.getQueue().put(action);
        } catch (InterruptedException interrupted) {
            throw new RejectedExecutionException(interrupted);
        }
    }

    @Test
    void aCancelledTaskIsInterruptedAndTheWorkerGoesOn() throws Exception {
        try (Master<String, Object> master = start(TestKit.inProcess(), "")) {
            master.addWorker(ALICE);
            CompletableFuture<Object> waiting = master.ask("wait").toCompletableFuture();
            assertThat(TracingWorker.started.await(60, TimeUnit.SECONDS)).isTrue();

            waiting.cancel(true);

            assertThat(master.ask("who").toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isEqualTo("Alice");
            assertThat(TracingWorker.TRACES).containsExactly("built Alice", "interrupted, cancelled: true");
        }
    }

    @Test
    void progressIsToldAndAnUnhealthyWorkerReplaced() {
        try (Master<String, Object> master = start(TestKit.inProcess(), "")) {
            master.addWorker(ALICE);
            CompletableFuture<Object> halfDone = master.ask("progress").toCompletableFuture();
            await().until(() -> events.of(PoolEvent.TaskProgressed.class).stream()
                    .anyMatch(told -> told.note().equals("half of it")));
            TracingWorker.letGo.countDown();
            assertThat(halfDone).succeedsWithin(PATIENCE);

            assertThat(master.ask("feel unwell").toCompletableFuture()).succeedsWithin(PATIENCE);

            await().until(() -> TracingWorker.TRACES.equals(List.of("built Alice", "built Alice", "closed Alice")));
            assertThat(master.ask("who").toCompletableFuture()).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void noLimitOfTimeStrikes() {
        String limits = "task.timeout { queue = 100 ms, hard = 100 ms }, worker.init-timeout = 100 ms";
        try (Master<String, Object> master = start(TestKit.inProcess().slowStart(Duration.ofSeconds(1)), limits)) {
            long start = System.nanoTime();
            master.addWorker(ALICE);
            TaskOptions options = TaskOptions.defaults().withStallTimeout(Duration.ofMillis(50));

            assertThat(master.ask("700", options).toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isEqualTo("700");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1700));
        }
    }

    @Test
    void faultsArePlayed() {
        TestKit kit = TestKit.inProcess()
                .crash(1)
                .crashOnce(2)
                .outOfMemory(3)
                .exit(4, 42)
                .hang(5);
        try (Master<String, Object> master =
                start(kit, "task { max-attempts = 2, grace = 200 ms }, worker.restart-backoff.max = 200 ms")) {
            master.addWorker(ALICE);

            WorkerLostException crashed = failure(WorkerLostException.class, master, "who");
            assertThat(crashed.exit().cause()).isEqualTo(WorkerExit.Cause.NATIVE_CRASH);
            assertThat(crashed.dossier().attempts()).hasSize(2);
            assertThat(master.ask("attempt").toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(2);
            assertThat(failure(WorkerLostException.class, master, "who").exit().cause())
                    .isEqualTo(WorkerExit.Cause.OUT_OF_MEMORY);
            WorkerExit exit = failure(WorkerLostException.class, master, "who").exit();
            assertThat(exit.exitCode()).isEqualTo(42);
            assertThat(exit.cause()).isEqualTo(WorkerExit.Cause.EXIT_CALLED);

            CompletableFuture<Object> hung = master.ask("who").toCompletableFuture();
            await().until(() -> ours().stream().anyMatch(InProcessIT::hangs));
            hung.cancel(true);
            assertThat(master.ask("who").toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isEqualTo("Alice");
        }
        assertThat(events.exits())
                .containsSubsequence(
                        WorkerExit.Cause.NATIVE_CRASH,
                        WorkerExit.Cause.NATIVE_CRASH,
                        WorkerExit.Cause.NATIVE_CRASH,
                        WorkerExit.Cause.OUT_OF_MEMORY,
                        WorkerExit.Cause.EXIT_CALLED,
                        WorkerExit.Cause.KILLED_BY_MASTER,
                        WorkerExit.Cause.STOPPED);
        assertThat(TracingWorker.TRACES).containsOnlyOnce("closed Alice");
    }

    @Test
    void aWorkerIsGivenUpAfterAsManyFailingStarts() {
        try (Master<String, Object> master =
                start(TestKit.inProcess().failingStarts(3), "worker.restart-backoff.min = 10 ms")) {
            Throwable failure = catchThrowable(
                    () -> master.addWorker(ALICE).ready().toCompletableFuture().get(60, TimeUnit.SECONDS));

            assertThat(failure)
                    .hasCauseInstanceOf(WorkerStartException.class)
                    .hasMessageContaining("pipelinebox.test.failing-starts = 3");
            ready(master.addWorker(new TracingWorker.Parameters("Bob")));
        }
    }

    @Test
    void haltEndsAWorkerThatWaits() throws Exception {
        Master<String, Object> master = start(TestKit.inProcess(), "");
        master.addWorker(ALICE);
        CompletableFuture<Object> waiting = master.ask("wait").toCompletableFuture();
        assertThat(TracingWorker.started.await(60, TimeUnit.SECONDS)).isTrue();

        master.halt();

        assertThatThrownBy(waiting::join)
                .hasCauseInstanceOf(MasterClosedException.class)
                .hasMessageContaining("was interrupted on worker 0, since the master was halted")
                .hasStackTraceContaining("InterruptedException");
        assertThat(TracingWorker.TRACES).contains("interrupted, cancelled: true");
        await().untilAsserted(() -> assertThat(ours())
                .filteredOn(thread -> !before.contains(thread))
                .noneMatch(InProcessIT::isRunner));
    }

    @Test
    void closingIsBoundedAlthoughAThreadCannotBeEnded() throws Exception {
        Master<String, Object> master = start(TestKit.inProcess(), "shutdown.grace = 200 ms");
        master.addWorker(ALICE);
        CompletableFuture<Object> stubborn = master.ask("ignore interrupts").toCompletableFuture();
        assertThat(TracingWorker.started.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(CompletableFuture.runAsync(master::close)).succeedsWithin(PATIENCE);

        assertThat(stubborn).isCompletedExceptionally();
        assertThat(ours()).anyMatch(thread -> isRunner(thread) && thread.isDaemon());
    }

    private Master<String, Object> start(TestKit kit, String settings) {
        Config own = ConfigFactory.parseString("pipelinebox {" + settings + "}");
        return Master.of(TracingWorker.class)
                .config(kit.toConfig().withFallback(own))
                .monitor(events)
                .start();
    }

    private static <E extends Throwable> E failure(Class<E> type, Master<String, Object> master, String task) {
        Throwable failure =
                catchThrowable(() -> master.ask(task).toCompletableFuture().get(60, TimeUnit.SECONDS));
        assertThat(failure).hasCauseInstanceOf(type);
        return type.cast(failure.getCause());
    }

    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pipelinebox"))
                .collect(Collectors.toSet());
    }

    private static boolean isRunner(Thread thread) {
        return thread.getName().equals("pipelinebox-tasks");
    }

    private static boolean hangs(Thread thread) {
        return List.of(thread.getStackTrace()).stream()
                .anyMatch(frame -> frame.getMethodName().equals("hang"));
    }
}
