package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static dev.pipelinebox.it.Pools.ready;
import static dev.pipelinebox.it.Pools.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.QuarantinedTask;
import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskFailedException;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerLostException;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.api.WorkerStartException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every misbehaviour of {@link FaultyWorker}, one after the other on the same two workers and their spare: what comes of
 * it is exactly this, and the tasks around it have their results.
 */
class FaultyWorkerIT {

    /** A limit that strikes during a task, and not before it has come to its misbehaviour, however busy the machine is. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final TaskOptions ONCE = TaskOptions.defaults().withMaxAttempts(1);

    private static final Events EVENTS = new Events();

    private static Master<String, Object> master;

    @BeforeAll
    static void start() {
        master = Master.of(FaultyWorker.class)
                .config(
                        ConfigFactory.parseString(
                                "pipelinebox { worker.spares = 1, worker.max-start-failures = 2, task.grace = 3 s, shutdown.grace = 1 s }"))
                .monitor(EVENTS)
                .start();
        WorkerOptions options =
                WorkerOptions.defaults().withHeap(64 << 20).withJvmArguments("-XX:MaxMetaspaceSize=96m");
        FaultyWorker.Parameters parameters = new FaultyWorker.Parameters("none");
        ready(master.addWorker(parameters, options), master.addWorker(parameters, options));
    }

    @AfterAll
    static void stop() {
        master.close();
        NoProcessLeft.check("FaultyWorkerIT");
    }

    @Test
    void exitDuringATaskIsThatTasksFailure() {
        WorkerLostException lost = failure(WorkerLostException.class, "exit 7", ONCE);
        assertThat(lost.exit().cause()).isEqualTo(WorkerExit.Cause.EXIT_CALLED);
        assertThat(lost.exit().exitCode()).isEqualTo(7);
        assertThat(lost.dossier().attempts()).hasSize(1);
    }

    @Test
    void anExitAfterATaskLosesNoResult(@TempDir Path marks) throws Exception {
        Path resultIsThere = marks.resolve("result");
        Object pid = outcome("exit-afterwards " + resultIsThere, TaskOptions.defaults());
        Files.createFile(resultIsThere);
        assertThat(outcome("a task right after it", TaskOptions.defaults())).isEqualTo("a task right after it");
        await().until(() -> ProcessHandle.of(((Number) pid).longValue()).isEmpty());
    }

    @Test
    void haltIsToldFromAKill() {
        WorkerExit exit = failure(WorkerLostException.class, "halt 3", ONCE).exit();
        assertThat(exit.exitCode()).isEqualTo(3);
        assertThat(exit.cause()).isEqualTo(WorkerExit.Cause.EXIT_CALLED);
    }

    @Test
    void aNativeCrashHasItsReportInTheDossier() {
        WorkerExit exit = failure(WorkerLostException.class, "crash", ONCE).exit();
        assertThat(exit.cause()).isEqualTo(WorkerExit.Cause.NATIVE_CRASH);
        assertThat(exit.crashReport()).contains("SIGSEGV", "putAddress");
    }

    @Test
    void aTaskThatCrashedTwiceSucceedsInItsThirdAttempt(@TempDir Path marks) {
        assertThat(outcome("crash-twice " + marks, TaskOptions.defaults())).isEqualTo("crash-twice " + marks);
    }

    @Test
    void aTaskThatAlwaysCrashesIsGivenUpAndCanBeRunAgain() {
        WorkerLostException lost = failure(WorkerLostException.class, "exit 1", ONCE.withMaxAttempts(2));
        assertThat(lost.dossier().attempts())
                .extracting(attempt -> attempt.attempt())
                .containsExactly(1, 2);
        assertThat(lost).hasMessageContaining("2 attempts").hasMessageContaining("pipelinebox.task.max-attempts");
        List<QuarantinedTask<Object>> quarantine = master.failedForGood();
        QuarantinedTask<Object> last = quarantine.get(quarantine.size() - 1);
        assertThat(last.error()).isSameAs(lost);
        assertThat(errorOf(last.runAgain().toCompletableFuture())).isInstanceOf(WorkerLostException.class);
        assertThat(master.failedForGood()).hasSize(quarantine.size()).noneMatch(task -> task.taskId() == last.taskId());
    }

    @Test
    void aFullHeapIsNamedAsSuch() {
        WorkerLostException lost = failure(WorkerLostException.class, "fill-heap", ONCE);
        assertThat(lost.exit().cause()).isEqualTo(WorkerExit.Cause.OUT_OF_MEMORY);
        assertThat(lost).hasMessageContaining("withHeap");
    }

    @Test
    void aFullMetaspaceIsNamedAsSuch() {
        WorkerExit exit =
                failure(WorkerLostException.class, "fill-metaspace", ONCE).exit();
        assertThat(exit.cause()).isEqualTo(WorkerExit.Cause.OUT_OF_MEMORY);
        assertThat(exit.outputTail()).contains("Metaspace");
    }

    @Test
    void aDeadlockIsEndedByTheHardLimitAndShownInTheThreadDump() {
        WorkerExit exit = killed("deadlock", TaskTimeoutException.Limit.HARD, hard(3000));
        assertThat(exit.threadDump()).contains("Deadlock", "the other side", "FaultyWorker.hold");
    }

    @Test
    void aBusyLoopIsEndedByTheHardLimit() {
        WorkerExit exit = killed("spin", TaskTimeoutException.Limit.HARD, hard(2000));
        assertThat(exit.cause()).isEqualTo(WorkerExit.Cause.KILLED_BY_MASTER);
        assertThat(exit.reason()).contains("2 s", "pipelinebox.task.timeout.hard");
    }

    @Test
    void aTaskThatIgnoresInterruptsIsKilledAfterTheGrace() {
        WorkerExit exit = killed(
                "ignore-interrupts",
                TaskTimeoutException.Limit.SOFT,
                TaskOptions.defaults().withSoftTimeout(SOON));
        assertThat(exit.threadDump()).contains("FaultyWorker.ignoreInterrupts");
    }

    @Test
    void theSoftLimitInterruptsAndTheWorkerGoesOn() {
        TaskTimeoutException sleeper = failure(
                TaskTimeoutException.class,
                "sleep 60000",
                TaskOptions.defaults().withSoftTimeout(SOON));
        assertThat(sleeper.limit()).isEqualTo(TaskTimeoutException.Limit.SOFT);
        assertThat(sleeper.dossier()).isEmpty();
        assertThat(sleeper).hasRootCauseMessage("java.lang.InterruptedException: sleep interrupted");
        assertThat(failure(
                        TaskTimeoutException.class,
                        "wait-until-cancelled",
                        TaskOptions.defaults().withSoftTimeout(SOON)))
                .hasRootCauseMessage("java.lang.IllegalStateException: gave up when it was told to");
    }

    @Test
    void anIsHealthyThatHangsIsEndedByTheLimitsOfTheTaskBeforeIt() {
        WorkerExit exit = killed("hang-on-health", TaskTimeoutException.Limit.HARD, hard(2000));
        assertThat(exit.threadDump()).contains("FaultyWorker.isHealthy");
        TaskOptions soft = TaskOptions.defaults().withSoftTimeout(SOON);
        assertThat(outcome("hang-on-health", soft)).isEqualTo("hang-on-health");
    }

    @Test
    void theStallLimitCountsFromTheLastSignOfProgress() {
        TaskTimeoutException stalled = failure(
                TaskTimeoutException.class,
                "progress-then-hang 8",
                TaskOptions.defaults().withStallTimeout(SOON));
        assertThat(stalled.limit()).isEqualTo(TaskTimeoutException.Limit.STALL);
        assertThat(stalled.dossier().orElseThrow().attempts().get(0).lasted()).isGreaterThan(SOON.plusMillis(700));
    }

    @Test
    void theQueueLimitAppliesOnlyToTasksThatWereNeverAssigned(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        List<CompletableFuture<Object>> busy = new ArrayList<>();
        for (int worker = 0; worker < 2; worker++) {
            busy.add(ask("gate " + gate, TaskOptions.defaults()));
        }
        gate.awaitEntered(2);
        TaskOptions limited = TaskOptions.defaults().withQueueTimeout(Duration.ofMillis(300));
        assertThat(errorOf(ask("too late", limited)))
                .isInstanceOfSatisfying(
                        TaskTimeoutException.class,
                        late -> assertThat(late.limit()).isEqualTo(TaskTimeoutException.Limit.QUEUE));
        gate.open();
        for (CompletableFuture<Object> task : busy) {
            assertThat(result(task)).isEqualTo("gate " + gate);
        }
    }

    @Test
    void aCancelledTaskThatIgnoresItIsKilledAndTheOthersGoOn(@TempDir Path directory) throws Exception {
        Path spins = directory.resolve("spins");
        Gate gate = Gate.in(directory);
        CompletableFuture<Object> stubborn = ask("mark-and-spin " + spins, TaskOptions.defaults());
        await().until(() -> Files.exists(spins));
        assertThat(ask("a task beside it", TaskOptions.defaults()).get(30, TimeUnit.SECONDS))
                .isEqualTo("a task beside it");
        stubborn.cancel(true);
        List<CompletableFuture<Object>> after = new ArrayList<>();
        for (int worker = 0; worker < 2; worker++) {
            after.add(ask("gate " + gate, TaskOptions.defaults()));
        }
        gate.awaitEntered(2);
        gate.open();
        for (CompletableFuture<Object> task : after) {
            assertThat(result(task)).isEqualTo("gate " + gate);
        }
    }

    @Test
    void aTimeoutOfTheCallersFutureTakesTheTaskBack() throws Exception {
        CompletableFuture<Object> impatient =
                ask("sleep 60000", TaskOptions.defaults()).orTimeout(200, TimeUnit.MILLISECONDS);
        assertThat(errorOf(impatient)).isInstanceOf(java.util.concurrent.TimeoutException.class);
        for (int worker = 0; worker < 2; worker++) {
            assertThat(ask("next", TaskOptions.defaults()).get(30, TimeUnit.SECONDS))
                    .isEqualTo("next");
        }
    }

    @Test
    void aTaskIsTriedAgainForTheExceptionsThatItsRetryNames(@TempDir Path marks) {
        Retry retry = Retry.on(IOException.class).withBackoff(Duration.ofMillis(10), Duration.ofMillis(20));
        String task = "fail-times 2 " + marks;
        assertThat(outcome(task, TaskOptions.defaults().withRetry(retry))).isEqualTo(task);
    }

    @Test
    void aTaskIsNotTriedAgainMoreOftenThanItsRetrySays(@TempDir Path marks) {
        Retry retry = Retry.on(IOException.class)
                .withMaxAttempts(2)
                .withBackoff(Duration.ofMillis(10), Duration.ofMillis(20));
        TaskFailedException failed = failure(
                TaskFailedException.class,
                "fail-times 2 " + marks,
                TaskOptions.defaults().withRetry(retry));
        assertThat(failed.remoteClass()).isEqualTo("java.io.FileNotFoundException");
    }

    @Test
    void itsChildrenAreGoneWhenItIsKilled() {
        CompletableFuture<Object> spinning = ask("start-children-and-spin", ONCE);
        for (String child : List.of("sleep 600", "sleep 601", "sleep 602")) {
            await().until(() -> livesAny(child));
        }

        spinning.cancel(true);
        await().until(() -> !livesAny("sleep 60[012]"));
        assertThat(outcome("go on", TaskOptions.defaults())).isEqualTo("go on");
    }

    private static boolean livesAny(String command) {
        return NoProcessLeft.living().stream().anyMatch(process -> process.matches(".*" + command));
    }

    @Test
    void aGigabyteOfOutputIsCarriedThroughAndOnlyItsTailIsKept() {
        PrintStream console = System.out;
        Counter counter = new Counter();
        System.setOut(new PrintStream(counter));
        try {
            WorkerExit exit = failure(WorkerLostException.class, "print-and-halt " + (1L << 30), ONCE)
                    .exit();
            assertThat(exit.exitCode()).isEqualTo(3);
            assertThat(exit.outputTail())
                    .hasSizeBetween(8 << 10, 16 << 10)
                    .matches(Pattern.compile("[x\\s]*", Pattern.MULTILINE));
            assertThat(counter.bytes).hasValueGreaterThan(1L << 30);
        } finally {
            System.setOut(console);
        }
    }

    /** Lets nothing through. */
    private static final class Counter extends OutputStream {
        private final AtomicLong bytes = new AtomicLong();

        @Override
        public void write(int one) {
            bytes.incrementAndGet();
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            bytes.addAndGet(length);
        }
    }

    @Test
    void aCloseThatHangsIsEndedAfterTheGrace() {
        WorkerHandle stubborn = master.addWorker(new FaultyWorker.Parameters("hang-on-close"));
        ready(stubborn);
        assertThat(stubborn.stop().toCompletableFuture()).succeedsWithin(PATIENCE);

        await().untilAsserted(() -> assertThat(EVENTS.of(PoolEvent.WorkerExited.class))
                .filteredOn(exit -> exit.workerIndex() == stubborn.index())
                .singleElement()
                .satisfies(end -> assertThat(end.exit().reason()).contains("pipelinebox.shutdown.grace")));
        assertThat(outcome("go on", TaskOptions.defaults())).isEqualTo("go on");
    }

    @Test
    void anExitBeforeTheWorkerIsBuiltLosesNoResult() {
        WorkerHandle exiting = master.addWorker(new FaultyWorker.Parameters("exit 4"));
        assertThat(outcome("a task beside it", TaskOptions.defaults())).isEqualTo("a task beside it");

        Throwable failed = errorOf(exiting.ready().toCompletableFuture());
        assertThat(failed).isInstanceOf(WorkerStartException.class);
        assertThat(((WorkerStartException) failed).exit())
                .hasValueSatisfying(exit -> assertThat(exit.exitCode()).isEqualTo(4));
        assertThat(outcome("a task after it", TaskOptions.defaults())).isEqualTo("a task after it");
    }

    @Test
    void anExceptionThatCannotBeSerialisedIsAFailureWithWhatIsKnown() {
        TaskFailedException failed = failure(TaskFailedException.class, "throw-unserialisable", TaskOptions.defaults());
        assertThat(failed.remoteClass()).isEqualTo(Workers.OddException.class.getName());
    }

    @Test
    void aResultThatCannotBeSerialisedIsAFailureThatSaysSo() {
        assertThat(failure(PayloadException.class, "return-unserialisable", TaskOptions.defaults()))
                .hasMessageContaining("java.lang.Object");
    }

    private static TaskOptions hard(long millis) {
        return TaskOptions.defaults().withHardTimeout(Duration.ofMillis(millis));
    }

    private static WorkerExit killed(String task, TaskTimeoutException.Limit limit, TaskOptions options) {
        TaskTimeoutException timeout = failure(TaskTimeoutException.class, task, options);
        assertThat(timeout.limit()).isEqualTo(limit);
        return timeout.dossier().orElseThrow().exit();
    }

    private static <E extends PipelineBoxException> E failure(Class<E> type, String task, TaskOptions options) {
        Object outcome = outcome(task, options);
        assertThat(outcome).isInstanceOf(type);
        return type.cast(outcome);
    }

    /** The value or the error of a task with ordinary ones before and after it, which all have to succeed. */
    private static Object outcome(String task, TaskOptions options) {
        List<CompletableFuture<Object>> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            others.add(ask("before " + i, TaskOptions.defaults()));
        }
        CompletableFuture<Object> faulty = ask(task, options);
        for (int i = 0; i < 10; i++) {
            others.add(ask("after " + i, TaskOptions.defaults()));
        }
        Object outcome;
        try {
            outcome = faulty.get(120, TimeUnit.SECONDS);
        } catch (Exception failed) {
            outcome = unwrapped(failed);
        }
        for (CompletableFuture<Object> other : others) {
            assertThat(other.orTimeout(120, TimeUnit.SECONDS).join()).asString().matches("(before|after) \\d");
        }
        return outcome;
    }

    private static CompletableFuture<Object> ask(String task, TaskOptions options) {
        return master.ask(task, options).toCompletableFuture();
    }

    private static Throwable errorOf(CompletableFuture<?> future) {
        try {
            future.get(60, TimeUnit.SECONDS);
            throw new AssertionError("it succeeded");
        } catch (Exception failed) {
            return unwrapped(failed);
        }
    }

    private static Throwable unwrapped(Throwable thrown) {
        boolean wrapper = thrown instanceof ExecutionException || thrown instanceof CompletionException;
        return wrapper && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
