package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.api.TaskContext;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.DemandLimits;
import dev.pipelinebox.internal.bootstrap.OneTimeToken;
import dev.pipelinebox.internal.bootstrap.WorkerSettings;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.FailureReport.Kind;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.ReportCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskRunnerTest {

    /** Does what its argument says. */
    public static final class Scripted implements Worker<String, Object> {
        private final Thread builder = Thread.currentThread();

        @Override
        public Object runTask(String argument) throws Exception {
            return switch (argument) {
                case "throw" -> throw new IllegalStateException("thrown on request");
                case "overflow" -> runTask("overflow") + "and out";
                case "half a character" -> throw new IllegalStateException("cut short: \uD83D");
                case "unwritable" -> new Object();
                case "interrupt itself" -> {
                    Thread.currentThread().interrupt();
                    yield "interrupted";
                }
                case "which task is it?" ->
                    TaskContext.current().taskId() + ", attempt "
                            + TaskContext.current().attempt();
                case "on the builder's thread?" -> Thread.currentThread() == builder;
                case "wait for an interrupt" -> {
                    try {
                        Thread.currentThread().join();
                        yield "never";
                    } catch (InterruptedException interrupted) {
                        yield "was interrupted";
                    }
                }
                default -> argument;
            };
        }
    }

    /** Cannot be built. */
    public static final class Unbuildable implements Worker<String, String> {
        public Unbuildable() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public String runTask(String argument) {
            return argument;
        }
    }

    /** Asks for the current task when it is asked for its health, after a task. */
    public static final class OutsideOfTasks implements Worker<String, String> {
        private static volatile Throwable seenAfterATask;

        @Override
        public String runTask(String argument) {
            return argument;
        }

        @Override
        public boolean isHealthy() {
            try {
                return TaskContext.current().taskId() < 0;
            } catch (IllegalStateException none) {
                seenAfterATask = none;
                return true;
            }
        }
    }

    /** Waits for an interrupt when it is asked for its health. */
    public static final class Brooding implements Worker<String, String> {
        private static volatile boolean isAsked;

        @Override
        public String runTask(String argument) {
            return argument;
        }

        @Override
        public boolean isHealthy() {
            isAsked = true;
            try {
                Thread.currentThread().join();
                return false;
            } catch (InterruptedException enough) {
                return true;
            }
        }
    }

    private final PayloadCodec codec = new PayloadCodec(WorkerClass.of(Scripted.class), 1 << 20);
    private final List<OutcomeEnvelope> outcomes = new ArrayList<>();
    private TaskRunner runner;
    private long lastTask;

    @AfterEach
    void stop() throws Exception {
        runner.queue().stop(true);
        runner.closed().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void buildsTheWorkerAndRunsTasksOnOneThread() throws Exception {
        start(Scripted.class);

        assertThat(built()).isEmpty();
        assertThat(result("on the builder's thread?")).isEqualTo(true);
    }

    @Test
    void tellsWhatPreventedTheWorker() throws Exception {
        start(Unbuildable.class);

        assertThat(built()).hasValueSatisfying(report -> {
            assertThat(report.kind()).isEqualTo(Kind.CONSTRUCTION);
            assertThat(report.summary()).isEqualTo("java.lang.IllegalStateException: no licence");
        });
    }

    @Test
    void goesOnAfterATaskThatThrew() {
        start(Scripted.class);

        assertThat(failure("throw").summary()).isEqualTo("java.lang.IllegalStateException: thrown on request");
        assertThat(failure("overflow").summary()).isEqualTo("java.lang.StackOverflowError");
        assertThat(result("next")).isEqualTo("next");
    }

    @Test
    void goesOnAfterATaskThatThrewAMessageWithHalfACharacter() {
        start(Scripted.class);

        assertThat(failure("half a character").summary()).contains("IllegalStateException", "cut short");
        assertThat(result("next")).isEqualTo("next");
    }

    @Test
    void goesOnAfterAResultThatCannotBeWritten() {
        start(Scripted.class);

        FailureReport report = failure("unwritable");

        assertThat(report.kind()).isEqualTo(Kind.RESULT);
        assertThat(report.summary()).contains("java.lang.Object").contains("cannot be written");
        assertThat(result("next")).isEqualTo("next");
    }

    @Test
    void goesOnAfterAnArgumentThatCannotBeRead() {
        start(Scripted.class);
        run(new byte[] {(byte) 0xff});

        FailureReport report = ReportCodec.read(lastOutcome().payload());

        assertThat(report.kind()).isEqualTo(Kind.ARGUMENT);
        assertThat(result("next")).isEqualTo("next");
    }

    @Test
    void goesOnAfterATaskThatInterruptedItself() {
        start(Scripted.class);

        assertThat(result("interrupt itself")).isEqualTo("interrupted");
        assertThat(result("next")).isEqualTo("next");
    }

    @Test
    void letsTheTaskKnowWhichItIs() {
        start(Scripted.class);

        assertThat(result("which task is it?")).isEqualTo("1, attempt 1");
        failure("throw");
        assertThat(result("which task is it?")).isEqualTo("3, attempt 1");
    }

    @Test
    void leavesTheContextOfATaskWithIt() {
        start(OutsideOfTasks.class);
        add(codec.writeArgument("any"));

        await().untilAsserted(() -> assertThat(OutsideOfTasks.seenAfterATask)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No task runs on the thread"));
    }

    @Test
    void interruptsTheTaskThatIsCancelledAndNoOther() {
        start(Scripted.class);
        add(codec.writeArgument("wait for an interrupt"));
        await().pollInterval(2, TimeUnit.MILLISECONDS)
                .until(() -> runner.queue().isEmpty());

        runner.queue().cancel(List.of(lastTask));

        assertThat(codec.readResult(lastOutcome().payload())).isEqualTo("was interrupted");
        assertThat(result("next")).isEqualTo("next");
    }

    @Test
    void asksForItsHealthWithinTheTask() {
        start(Brooding.class);
        add(codec.writeArgument("any"));
        await().pollInterval(2, TimeUnit.MILLISECONDS).until(() -> Brooding.isAsked);

        assertThat(runner.outcomes().take().outcomes()).isEmpty();
        assertThat(runner.queue().running()).isNotNull();
        runner.queue().cancel(List.of(lastTask));

        assertThat(codec.readResult(lastOutcome().payload())).isEqualTo("any");
    }

    @Test
    void doesNotCountTheWaitForRoomAsTimeOfTheNextTask() {
        start(Scripted.class, 1_000);
        for (int i = 0; i < 20; i++) {
            result("short");
        }
        runner.queue()
                .add(List.of(
                        TaskEnvelope.of(++lastTask, 1, codec.writeArgument("x".repeat(2_000))),
                        TaskEnvelope.of(lastTask + 1, 1, codec.writeArgument("after a wait for room"))));
        lastOutcome();
        await().during(100, TimeUnit.MILLISECONDS).until(() -> !runner.queue().isEmpty());
        lastTask++;

        runner.outcomes().onUnsent(0);

        assertThat(codec.readResult(lastOutcome().payload())).isEqualTo("after a wait for room");
        assertThat(runner.outcomes().take().demand().tasks()).isGreaterThan(2);
    }

    private void start(Class<? extends Worker<?, ?>> workerClass) {
        start(workerClass, 1 << 20);
    }

    private void start(Class<? extends Worker<?, ?>> workerClass, long maxBytes) {
        Bootstrap bootstrap = new Bootstrap(
                0,
                1,
                new OneTimeToken("token"),
                "ref",
                1,
                workerClass.getName(),
                null,
                WorkerSettings.of(ClusterSpec.createPrivate(), new DemandLimits(10_000, 512, maxBytes), 1 << 20));
        runner = new TaskRunner(bootstrap, new ProcessEnvironment());
        runner.start();
    }

    private Optional<FailureReport> built() throws Exception {
        return runner.built().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private Object result(String argument) {
        run(codec.writeArgument(argument));
        OutcomeEnvelope outcome = lastOutcome();
        assertThat(outcome.success()).isTrue();
        return codec.readResult(outcome.payload());
    }

    private FailureReport failure(String argument) {
        run(codec.writeArgument(argument));
        OutcomeEnvelope outcome = lastOutcome();
        assertThat(outcome.success()).isFalse();
        return ReportCodec.read(outcome.payload());
    }

    private void run(byte[] argument) {
        add(argument);
        lastOutcome();
    }

    private void add(byte[] argument) {
        runner.queue().add(List.of(TaskEnvelope.of(++lastTask, 1, argument)));
    }

    private OutcomeEnvelope lastOutcome() {
        await().pollInterval(2, TimeUnit.MILLISECONDS).until(() -> {
            outcomes.addAll(runner.outcomes().take().outcomes());
            return outcomes.stream().mapToInt(OutcomeEnvelope::count).sum() == lastTask;
        });
        OutcomeEnvelope last = outcomes.get(outcomes.size() - 1);
        assertThat(last.count()).isEqualTo(1);
        assertThat(last.firstId()).isEqualTo(lastTask);
        return last;
    }
}
