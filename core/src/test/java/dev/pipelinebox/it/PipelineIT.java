package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.Pipeline;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.StageFailedException;
import dev.pipelinebox.api.TaskFailedException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerLostException;
import dev.pipelinebox.testkit.TestKit;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A pipeline of two stages with workers of different classes. */
class PipelineIT {

    private static final int MOST_UNDER_WAY = 8192;

    private static Master<Long, Long> increments;
    private static Master<Long, String> texts;
    private static Pipeline<Long, String> pipeline;

    @BeforeAll
    static void start() {
        increments = Master.of(Workers.Increment.class).start();
        texts = Master.of(Workers.Text.class).start();
        ready(increments.addWorker(), texts.addWorker());
        pipeline = Pipeline.from(increments).to(texts);
    }

    @AfterAll
    static void close() {
        increments.close();
        texts.close();
        NoProcessLeft.check("PipelineIT");
    }

    @Test
    void everyElementGoesThroughAllStages() {
        List<String> values = pipeline.runAll(LongStream.range(1000, 6000).boxed()).inOrder().stream()
                .map(TaskResult::value)
                .toList();
        assertThat(values)
                .isEqualTo(LongStream.range(1001, 6001)
                        .mapToObj(number -> "<" + number + ">")
                        .toList());
    }

    @Test
    void aMasterMayBeSeveralStagesAtOnce() {
        Pipeline<Long, Long> thrice = Pipeline.from(increments).to(increments).to(increments);
        assertThat(thrice.run(10L, 20L, 30L).stream().mapToLong(TaskResult::value))
                .containsExactlyInAnyOrder(13L, 23L, 33L);
    }

    @Test
    void aFailureCarriesTheStageAndTheArgumentThatCameIn() {
        List<TaskResult<String>> results =
                pipeline.run(1L, 12L, 2L).inOrder().stream().toList();
        assertThat(results.get(0).value()).isEqualTo("<2>");
        assertThat(results.get(2).value()).isEqualTo("<3>");
        assertThatThrownBy(() -> results.get(1).value())
                .isInstanceOfSatisfying(StageFailedException.class, failed -> {
                    assertThat(failed.stage()).isEqualTo(2);
                    assertThat(failed.argument()).isEqualTo(12L);
                    assertThat(failed.getCause()).isInstanceOf(TaskFailedException.class);
                })
                .hasMessageContaining("Workers$Text")
                .hasMessageContaining("not thirteen");
    }

    @Test
    void anElementThatEndsWorkersFailsAloneAndTheOthersArrive() {
        List<TaskResult<String>> results =
                pipeline.run(1L, 665L, 2L, 3L).inOrder().stream().toList();
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        TaskResult.Failure.class,
                        failure -> assertThat(failure.error())
                                .isInstanceOf(StageFailedException.class)
                                .hasCauseInstanceOf(WorkerLostException.class));
        assertThat(results.stream().filter(TaskResult.Success.class::isInstance))
                .hasSize(3);
    }

    @Test
    void aCallerThatStopsReadingHoldsUpTheWholePipeline() {
        AtomicLong taken = new AtomicLong(1000);
        try (Results<String> results = pipeline.runAll(Stream.generate(taken::incrementAndGet))) {
            Iterator<TaskResult<String>> reading = results.iterator();
            for (int i = 0; i < 100; i++) {
                reading.next().value();
            }
            await().during(Duration.ofMillis(200)).until(() -> taken.get() <= 1000 + 100 + MOST_UNDER_WAY);
        }
        long atClose = taken.get();
        await().during(Duration.ofMillis(200)).until(() -> taken.get() <= atClose + 1);
        assertThat(pipeline.run(1L).stream().map(TaskResult::value)).containsExactly("<2>");
    }

    @Test
    void takesAsksToo() throws Exception {
        assertThat(pipeline.ask(41L).toCompletableFuture().get()).isEqualTo("<42>");
        try (Stream<CompletionStage<String>> stages = pipeline.askAll(Stream.of(1L, 2L, 3L))) {
            assertThat(stages.map(stage -> stage.toCompletableFuture().join())).containsExactly("<2>", "<3>", "<4>");
        }
    }

    @Test
    void aStageWithoutWorkersIsToldAtOnce() {
        try (Master<Long, Long> empty = Master.of(Workers.Echo.class).start()) {
            assertThatThrownBy(() -> Pipeline.from(increments).to(empty).run(1L))
                    .isInstanceOf(NoWorkerException.class)
                    .hasMessageStartingWith("Stage 2 (dev.pipelinebox.it.Workers$Echo): ");
        }
    }

    @Test
    void eachElementHasOneResultThoughAStageIsClosed() {
        Master<Long, Long> closing = Master.of(Workers.Echo.class).start();
        ready(closing.addWorker());
        closing.pause();
        Results<Long> results = Pipeline.from(increments).to(closing).runAll(List.of(1L, 2L, 3L, 4L, 5L));
        closing.close();
        assertThat(results.inOrder().stream())
                .extracting(result -> ((StageFailedException) ((TaskResult.Failure<Long>) result).error()))
                .allSatisfy(failed -> {
                    assertThat(failed.stage()).isEqualTo(2);
                    assertThat(failed.getCause()).isInstanceOf(MasterClosedException.class);
                })
                .extracting(StageFailedException::argument)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void whatIsAtWorkInAnotherStageFailsWithTheStageThatIsClosedAndItsArgument() throws Exception {
        Master<Long, Long> closing = Master.of(Workers.Echo.class).start();
        ready(closing.addWorker());
        increments.pause();
        try {
            Pipeline<Long, Long> twoStages = Pipeline.from(increments).to(closing);
            Results<Long> results = twoStages.run(7L);
            CompletionStage<Long> answer = twoStages.ask(8L);
            closing.close();

            TaskResult<Long> first = results.iterator().next();
            assertThat(((TaskResult.Failure<Long>) first).error())
                    .isInstanceOfSatisfying(StageFailedException.class, failed -> {
                        assertThat(failed.stage()).isEqualTo(2);
                        assertThat(failed.argument()).isEqualTo(7L);
                    })
                    .hasCauseInstanceOf(MasterClosedException.class);
            assertThat(answer.toCompletableFuture()
                            .handle((value, error) -> error)
                            .get())
                    .isInstanceOfSatisfying(
                            StageFailedException.class,
                            failed -> assertThat(failed.argument()).isEqualTo(8L));
        } finally {
            increments.resume();
        }
    }

    @Test
    void anArgumentThatCannotBeWrittenIsShownWithItsFailure() {
        Object unwritable = new Object();
        try (Master<Object, Object> anything = Master.of(Workers.Anything.class)
                .config(TestKit.inProcess().toConfig())
                .start()) {
            ready(anything.addWorker());
            Pipeline<Object, Object> single = Pipeline.from(anything);

            assertThatThrownBy(() -> single.run(unwritable).iterator().next().value())
                    .isInstanceOfSatisfying(StageFailedException.class, failed -> {
                        assertThat(failed.stage()).isEqualTo(1);
                        assertThat(failed.argument()).isSameAs(unwritable);
                        assertThat(failed.getCause()).isInstanceOf(PayloadException.class);
                    });
            assertThatThrownBy(
                            () -> single.ask(unwritable).toCompletableFuture().join())
                    .cause()
                    .isInstanceOfSatisfying(
                            StageFailedException.class,
                            failed -> assertThat(failed.argument()).isSameAs(unwritable));
        }
    }

    @Test
    void aStageThatIsClosedEndsTheRun() {
        Master<Long, Long> closing = Master.of(Workers.Echo.class).start();
        ready(closing.addWorker());
        try (Results<Long> results =
                Pipeline.from(increments).to(closing).runAll(Stream.iterate(1L, number -> number + 1))) {
            Iterator<TaskResult<Long>> reading = results.iterator();
            reading.next().value();
            closing.close();
            assertThatThrownBy(() -> reading.forEachRemaining(result -> {})).isInstanceOf(MasterClosedException.class);
        }
        assertThatThrownBy(() -> Pipeline.from(increments)
                        .to(closing)
                        .ask(1L)
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(MasterClosedException.class);
    }

    @Test
    void anAskIsPendingInTheFirstMasterUntilTheLastStageHasItsResult() {
        try (Master<Long, Long> first = inProcess(Workers.Echo.class, "ask { when-full = fail, max-pending = 1 }");
                Master<Long, Long> second = inProcess(Workers.Echo.class, "")) {
            ready(first.addWorker(), second.addWorker());
            Pipeline<Long, Long> both = Pipeline.from(first).to(second);
            second.pause();
            CompletableFuture<Long> open = both.ask(1L).toCompletableFuture();

            assertThatThrownBy(() -> both.ask(2L).toCompletableFuture().join())
                    .hasCauseInstanceOf(QueueFullException.class);
            assertThatThrownBy(() -> first.ask(2L).toCompletableFuture().join())
                    .hasCauseInstanceOf(QueueFullException.class);
            second.resume();

            assertThat(open.join()).isEqualTo(1L);
            assertThat(both.ask(3L).toCompletableFuture().join()).isEqualTo(3L);
        }
    }

    private static <A, R> Master<A, R> inProcess(Class<? extends Worker<A, R>> workerClass, String settings) {
        return Master.of(workerClass)
                .config(TestKit.inProcess()
                        .toConfig()
                        .withFallback(ConfigFactory.parseString("pipelinebox { " + settings + " }")))
                .start();
    }
}
