package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.KillSwitches;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of asks, Akka streams and Reactive Streams, on one master with two workers. */
class StreamsIT {

    private static final int WINDOW = 256;

    private static Master<Long, Long> master;
    private static ActorSystem<Void> application;

    @BeforeAll
    static void start() {
        application = ActorSystem.create(
                Behaviors.empty(),
                "application",
                ConfigFactory.parseString("akka.loglevel = ERROR").withFallback(ConfigFactory.load()));
        master = Master.of(Workers.Increment.class)
                .config(ConfigFactory.parseString("pipelinebox.run.window = " + WINDOW))
                .start();
        ready(master.addWorker(), master.addWorker());
    }

    @AfterAll
    static void close() {
        master.close();
        application.terminate();
        application.getWhenTerminated().toCompletableFuture().join();
        application.getWhenTerminated().toCompletableFuture().join();
        NoProcessLeft.check("StreamsIT");
    }

    @Test
    void resultsComeInTheOrderOfTheInputAndTasksAreSubmittedAhead() {
        AtomicBoolean closed = new AtomicBoolean();
        Stream<Long> input = LongStream.range(0, 5_000).boxed().onClose(() -> closed.set(true));
        try (Stream<CompletionStage<Long>> stages = master.askAll(input)) {
            assertThat(stages.map(stage -> stage.toCompletableFuture().join()))
                    .isEqualTo(LongStream.range(1, 5_001).boxed().toList());
        }
        await().untilTrue(closed);
    }

    @Test
    void nothingIsRequestedBeforeAReadAndNoMoreThanTheWindow() {
        AtomicLong taken = new AtomicLong();
        try (Stream<CompletionStage<Long>> stages = master.askAll(Stream.generate(taken::incrementAndGet))) {
            Iterator<CompletionStage<Long>> reading = stages.iterator();
            assertThat(taken).hasValue(0);
            for (int i = 0; i < 1000; i++) {
                reading.next();
            }
            await().during(Duration.ofMillis(200)).until(() -> taken.get() <= 1000 + WINDOW + 1);
        }
        long atClose = taken.get();
        await().during(Duration.ofMillis(100)).until(() -> taken.get() <= atClose + 1);
    }

    @Test
    void resultsBeforeAnInputThatThrowsComeAndThenThatIsThrown() {
        Stream<Long> input = Stream.of(1L, 2L, -1L).peek(number -> {
            if (number < 0) {
                throw new IllegalStateException("no more");
            }
        });
        Iterator<CompletionStage<Long>> reading = master.askAll(input).iterator();
        assertThat(reading.next().toCompletableFuture().join()).isEqualTo(2);
        assertThat(reading.next().toCompletableFuture().join()).isEqualTo(3);
        assertThatThrownBy(reading::hasNext)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no more");
    }

    @Test
    void asksWhoseResultsAreNotReadCloseTheirInput() {
        AtomicBoolean closed = new AtomicBoolean();
        master.askAll(Stream.of(1L).onClose(() -> closed.set(true))).close();
        assertThat(closed).isTrue();
    }

    @Test
    void anAkkaStreamRunsThroughTheWorkers() throws Exception {
        Flow<Long, TaskResult<Long>, ?> flow = master.flow();
        for (int materialization = 0; materialization < 2; materialization++) {
            CompletionStage<Long> sum = Source.range(1, 10_000)
                    .map(Long::valueOf)
                    .via(flow)
                    .map(TaskResult::value)
                    .runFold(0L, Long::sum, application);
            assertThat(sum.toCompletableFuture().get(60, TimeUnit.SECONDS)).isEqualTo(10_000L * 10_001 / 2 + 10_000);
        }
    }

    @Test
    void aDownstreamThatIsNotReadyHoldsUpTheUpstreamAndACancelledStreamEndsIt() {
        AtomicLong taken = new AtomicLong();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicLong arrived = new AtomicLong();
        CompletableFuture<Long> never = new CompletableFuture<>();
        CompletionStage<List<Long>> first = Source.fromIterator(
                        () -> Stream.generate(taken::incrementAndGet).iterator())
                .watchTermination((mat, done) -> done.whenComplete((end, error) -> ended.set(true)))
                .via(master.flow())
                .map(TaskResult::value)
                .mapAsync(
                        1, value -> arrived.incrementAndGet() == 50 ? never : CompletableFuture.completedFuture(value))
                .take(100)
                .runWith(Sink.seq(), application);
        await().until(() -> taken.get() > 50);
        await().during(Duration.ofMillis(200)).until(() -> taken.get() < 50 + 4 * WINDOW);
        assertThat(ended).isFalse();

        never.complete(50L);
        assertThat(first.toCompletableFuture().join()).hasSize(100);
        await().untilTrue(ended);
    }

    @Test
    void whatTheOptionsOfAnElementThrowIsTheStreamsFailure() throws Exception {
        Flow<Long, TaskResult<Long>, ?> keyed =
                master.flow(number -> TaskOptions.defaults().withKey(100 / number));
        CompletionStage<List<TaskResult<Long>>> results =
                Source.from(List.of(1L, 2L, 3L)).via(keyed).runWith(Sink.seq(), application);
        CompletionStage<List<TaskResult<Long>>> failed =
                Source.from(List.of(1L, 0L)).via(keyed).runWith(Sink.seq(), application);

        assertThat(results.toCompletableFuture().get(30, TimeUnit.SECONDS))
                .extracting(TaskResult::value)
                .containsExactlyInAnyOrder(2L, 3L, 4L);
        assertThatThrownBy(() -> failed.toCompletableFuture().get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void aCancelledStreamInterruptsTheTaskThatRunsAndThoseThatWaitNeverStart(@TempDir Path folder) {
        try (Master<String, String> noting = Master.of(Workers.Noting.class).start()) {
            ready(noting.addWorker(folder));
            UniqueKillSwitch stream = Source.from(List.of("a", "b", "c"))
                    .via(noting.flow())
                    .viaMat(KillSwitches.single(), Keep.right())
                    .to(Sink.ignore())
                    .run(application);
            await().until(() -> Files.exists(folder.resolve("a started")));

            stream.shutdown();

            await().until(() -> Files.exists(folder.resolve("a interrupted")));
            noting.drain().toCompletableFuture().join();
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a started", "a interrupted");
        }
    }

    @Test
    void aFailureUpstreamIsTheStreams() {
        CompletionStage<List<TaskResult<Long>>> results = Source.<Long>failed(new IllegalStateException("no input"))
                .via(master.flow())
                .runWith(Sink.seq(), application);
        assertThatThrownBy(() -> results.toCompletableFuture().get(30, TimeUnit.SECONDS))
                .hasRootCauseMessage("no input");
    }

    @Test
    void anAskThatWaitsForItsInputFailsWhenTheMasterIsGone() {
        Master<Long, Long> closing = Master.of(Workers.Echo.class).start();
        ready(closing.addWorker());
        CompletableFuture<Long> never = new CompletableFuture<>();
        try (Stream<CompletionStage<Long>> stages = closing.askAll(Stream.generate(never::join))) {
            CompletableFuture<Boolean> reading = CompletableFuture.supplyAsync(
                    () -> stages.iterator().hasNext(), read -> new Thread(read, "reading").start());
            closing.close();
            assertThatThrownBy(reading::join).hasCauseInstanceOf(MasterClosedException.class);
        } finally {
            never.complete(0L);
        }
    }

    @Test
    void aMasterWithoutWorkersOrClosedFailsTheStream() {
        Master<Long, Long> other = Master.of(Workers.Echo.class).start();
        assertThatThrownBy(() -> through(other)).hasCauseInstanceOf(NoWorkerException.class);
        other.close();
        assertThatThrownBy(() -> through(other)).hasCauseInstanceOf(MasterClosedException.class);
    }

    private static List<TaskResult<Long>> through(Master<Long, Long> other) throws Exception {
        return Source.single(1L)
                .via(other.flow())
                .runWith(Sink.seq(), application)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void theJdksPublishersRunThroughTheWorkers() throws Exception {
        AtomicLong sum = new AtomicLong();
        try (SubmissionPublisher<Long> numbers = new SubmissionPublisher<>()) {
            var processor = master.processor();
            numbers.subscribe(processor);
            CompletableFuture<Void> consumed = new CompletableFuture<>();
            processor.subscribe(new java.util.concurrent.Flow.Subscriber<>() {
                @Override
                public void onSubscribe(java.util.concurrent.Flow.Subscription subscription) {
                    subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(TaskResult<Long> result) {
                    sum.addAndGet(result.value());
                }

                @Override
                public void onError(Throwable thrown) {
                    consumed.completeExceptionally(thrown);
                }

                @Override
                public void onComplete() {
                    consumed.complete(null);
                }
            });
            LongStream.range(0, 5000).forEach(numbers::submit);
            numbers.close();
            consumed.get(60, TimeUnit.SECONDS);
        }
        assertThat(sum).hasValue(5000L * 5001 / 2);
    }
}
