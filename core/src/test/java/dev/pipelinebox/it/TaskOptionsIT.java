package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static dev.pipelinebox.it.Pools.kill;
import static dev.pipelinebox.it.Pools.ready;
import static dev.pipelinebox.it.Pools.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.PoolStatus;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskFailedException;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.it.JournalWorker.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, priorities, names, broadcasts, pauses and live resizing, one after the other on the same two workers. */
class TaskOptionsIT {

    private static final TaskOptions ANY = TaskOptions.defaults();
    private static final List<String> TOLD = new CopyOnWriteArrayList<>();

    private static Master<String, Entry> master;
    private static List<WorkerHandle> workers;

    @TempDir
    Path directory;

    /** Remembers which tasks it was told of, and their names. */
    private static final class Ear implements TaskMonitor {
        @Override
        public void onTaskAdded(long taskId) {
            TOLD.add("added " + taskId);
        }

        @Override
        public void onEvent(PoolEvent event) {
            if (event instanceof PoolEvent.TaskNamed named) {
                TOLD.add("named " + named.taskId() + " " + named.name());
            }
        }
    }

    @BeforeAll
    static void start() {
        master = Master.of(JournalWorker.class)
                .config(ConfigFactory.parseString("pipelinebox.demand.work-in-hand = 200 ms"))
                .monitor(new Ear())
                .start();
        workers = master.addWorkers(2);
        ready(workers);
    }

    @AfterAll
    static void stop() {
        master.close();
        NoProcessLeft.check("TaskOptionsIT");
    }

    @Test
    void theTasksOfAKeyRunInOneProcessAndInOrderUnderLoad() throws Exception {
        List<TaskOptions> keys = Stream.concat(keysOf(workers.get(0), 5).stream(), keysOf(workers.get(1), 4).stream())
                .toList();
        for (int n = 0; n < 300; n++) {
            master.addTask("plain " + n, n % 10 == 0 ? ANY : keys.get(n % 10 - 1));
        }
        Map<Integer, List<Entry>> byKey =
                entries(master.run()).stream().collect(Collectors.groupingBy(entry -> number(entry) % 10));

        assertThat(byKey).hasSize(10);
        byKey.remove(0);
        assertThat(byKey.values()).allSatisfy(TaskOptionsIT::ranInOneProcessInOrder);
        assertThat(byKey.values().stream().map(entries -> entries.get(0).pid()).distinct())
                .as("both work")
                .containsExactlyInAnyOrder(workers.get(0).pid(), workers.get(1).pid());
    }

    @Test
    void eachElementOfAnInputMayHaveOptionsOfItsOwn() throws Exception {
        Function<String, TaskOptions> keyed =
                argument -> ANY.withKey("stream " + Integer.parseInt(argument.split(" ")[1]) % 4);
        List<String> arguments =
                IntStream.range(0, 200).mapToObj(n -> "plain " + n).toList();
        SubmissionPublisher<String> source = new SubmissionPublisher<>();
        Flow.Processor<String, TaskResult<Entry>> processor = master.processor(keyed);
        List<Entry> processed = new CopyOnWriteArrayList<>();
        source.subscribe(processor);
        CompletableFuture<Void> ended = consume(processor, result -> processed.add(result.value()));
        arguments.forEach(source::submit);
        source.close();
        ended.get(30, TimeUnit.SECONDS);

        assertThat(List.of(
                        entries(master.runAll(arguments, keyed)),
                        entries(master.runAll(arguments.stream(), keyed)),
                        processed,
                        master.askAll(arguments.stream(), keyed)
                                .map(answer -> answer.toCompletableFuture().join())
                                .toList()))
                .allSatisfy(entries -> {
                    Map<Integer, List<Entry>> byKey =
                            entries.stream().collect(Collectors.groupingBy(entry -> number(entry) % 4));
                    assertThat(entries).hasSize(200);
                    assertThat(byKey.values()).hasSize(4).allSatisfy(TaskOptionsIT::ranInOneProcessInOrder);
                });
    }

    @Test
    void whatTheOptionsOfAnElementThrowEndsTheRun() {
        Results<Entry> results = master.runAll(List.of("plain 1", "plain 2"), argument -> {
            if (argument.equals("plain 2")) {
                throw new IllegalStateException("no options for " + argument);
            }
            return ANY;
        });

        assertThatThrownBy(() -> results.forEach(result -> {})).hasMessage("no options for plain 2");
        assertThat(entries(master.run("plain 3"))).hasSize(1);
    }

    private static CompletableFuture<Void> consume(
            Flow.Publisher<TaskResult<Entry>> publisher, Consumer<TaskResult<Entry>> consumer) {
        SubmissionPublisher<TaskResult<Entry>> relay = new SubmissionPublisher<>();
        CompletableFuture<Void> consumed = relay.consume(consumer);
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(TaskResult<Entry> result) {
                relay.submit(result);
            }

            @Override
            public void onError(Throwable thrown) {
                relay.closeExceptionally(thrown);
            }

            @Override
            public void onComplete() {
                relay.close();
            }
        });
        return consumed;
    }

    @Test
    void theStatusTellsWhatWaitsAndRunsAndHasEndedAndWhoIsThere() throws Exception {
        PoolStatus before = master.status();
        Gate gate = Gate.in(directory);
        CompletableFuture<Entry> running = ask("gate " + gate, ANY.withKey("status"));
        CompletableFuture<Entry> waiting = ask("waits", ANY.withKey("status"));
        gate.awaitEntered(1);

        assertThat(master.status())
                .isEqualTo(new PoolStatus(
                        1, 1, before.done(), before.failed(), before.cancelled(), before.workersReady(), 0));

        waiting.cancel(true);
        gate.open();
        result(running);
        await().until(() -> master.status()
                .equals(new PoolStatus(
                        0, 0, before.done() + 1, before.failed(), before.cancelled() + 1, before.workersReady(), 0)));
        assertThat(before.workersReady()).isEqualTo(2);

        try (Master<String, Entry> other = Master.of(JournalWorker.class).start()) {
            assertThat(other.status()).isEqualTo(new PoolStatus(0, 0, 0, 0, 0, 0, 0));
            other.addWorker();
            assertThat(other.status().workersStarting()).isEqualTo(1);
            other.close();
            assertThatThrownBy(other::status).isInstanceOf(MasterClosedException.class);
        }
    }

    @Test
    void aFailureNamesTheTask() {
        assertThatThrownBy(() -> ask("fail-once " + directory.resolve("failed"), ANY.withName("nonsense"))
                        .join())
                .hasCauseInstanceOf(TaskFailedException.class)
                .hasMessageContaining(" (nonsense) failed on worker ");
    }

    @Test
    void aTaskThatRestsHoldsUpTheLaterOnesOfItsKey() throws Exception {
        TaskOptions key = ANY.withKey("resting");
        Retry retry = Retry.on(IOException.class).withBackoff(Duration.ofMillis(100), Duration.ofMillis(100));
        CompletableFuture<Entry> first = ask("fail-once " + directory.resolve("mark"), key.withRetry(retry));
        CompletableFuture<Entry> second = ask("second", key);

        assertThat(result(second).nth()).isGreaterThan(result(first).nth());
        assertThat(result(second).pid()).isEqualTo(result(first).pid());
    }

    @Test
    void aKilledWorkersKeysGoOnInOrderInItsReplacement() throws Exception {
        Gate gate = Gate.in(directory);
        TaskOptions key = ANY.withKey("killed");
        List<CompletableFuture<Entry>> asked = new ArrayList<>();
        asked.add(ask("gate " + gate, key));
        for (int n = 0; n < 20; n++) {
            asked.add(ask("plain " + n, key));
        }
        gate.awaitEntered(1);
        WorkerHandle killed = result(ask("who", ANY)).pid() == workers.get(0).pid() ? workers.get(1) : workers.get(0);
        long pid = killed.pid();
        kill(pid);
        gate.open();

        List<Entry> entries = new ArrayList<>();
        for (CompletableFuture<Entry> one : asked) {
            entries.add(result(one));
        }
        assertThat(entries.stream().map(Entry::pid).distinct()).containsExactly(killed.pid());
        assertThat(killed.pid()).isNotEqualTo(pid);
        assertThat(entries).isSortedAccordingTo(Comparator.comparing(Entry::nth));
    }

    @Test
    void moreUrgentTasksOvertakeThoseThatWait() throws Exception {
        master.pause();
        List<CompletableFuture<Entry>> asked = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            asked.add(ask("low", ANY));
        }
        for (int n = 0; n < 6; n++) {
            asked.add(ask("high", ANY.withPriority(1)));
        }
        master.resume();

        Map<Long, List<Entry>> byProcess = new HashMap<>();
        for (CompletableFuture<Entry> one : asked) {
            byProcess
                    .computeIfAbsent(result(one).pid(), pid -> new ArrayList<>())
                    .add(result(one));
        }
        assertThat(byProcess.values()).allSatisfy(entries -> {
            entries.sort(Comparator.comparing(Entry::nth));
            assertThat(entries.stream().map(Entry::task)).isSortedAccordingTo(Comparator.naturalOrder());
        });
    }

    @Test
    void aBroadcastRunsOnceOnEachWorkerThatIsThere() throws Exception {
        WorkerHandle starting = master.addWorkers(1).get(0);
        WorkerHandle stoppedSoon = master.addWorker();
        master.pause();
        Results<Entry> results = master.broadcast("to all");
        CompletionStage<Void> stopped = stoppedSoon.stop();
        master.resume();

        List<TaskResult<Entry>> all = results.stream().toList();
        assertThat(all.stream()
                        .filter(TaskResult::isSuccess)
                        .map(result -> result.value().pid()))
                .containsExactlyInAnyOrder(workers.get(0).pid(), workers.get(1).pid(), starting.pid());
        assertThat(all.stream().filter(result -> !result.isSuccess()))
                .singleElement()
                .satisfies(failed -> assertThatThrownBy(failed::value)
                        .isInstanceOf(NoWorkerException.class)
                        .hasMessageContaining("worker " + stoppedSoon.index()));
        result(starting.stop());
        result(stopped);
        assertThat(master.broadcast("to those that are left").stream()).hasSize(2);
    }

    @Test
    void aPauseLetsFinishWhatRunsAndDrainWaitsForAll() throws Exception {
        Gate gate = Gate.in(directory);
        CompletableFuture<Entry> running = ask("gate " + gate, ANY);
        gate.awaitEntered(1);
        master.pause();
        List<CompletableFuture<Entry>> waiting =
                Stream.of("a", "b", "c").map(task -> ask(task, ANY)).toList();
        CompletableFuture<Void> drained = master.drain().toCompletableFuture();
        gate.open();

        assertThat(result(running).task()).startsWith("gate");
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(drained).isNotDone();

        master.resume();
        drained.get(30, TimeUnit.SECONDS);
        assertThat(waiting).allSatisfy(one -> assertThat(one).succeedsWithin(PATIENCE));
        assertThat(master.drain().toCompletableFuture()).as("nothing is left").succeedsWithin(PATIENCE);
    }

    @Test
    void aStoppedWorkersTasksGoToAnotherAtOnceAndItFinishesWhatItRuns() throws Exception {
        WorkerHandle leaving = master.addWorker();
        ready(leaving);
        List<TaskOptions> keys = keysOf(leaving, 2);
        Gate gate = Gate.in(directory);
        master.pause();
        CompletableFuture<Entry> running = ask("gate " + gate, keys.get(0));
        List<CompletableFuture<Entry>> held =
                Stream.of("a", "b", "c").map(task -> ask(task, keys.get(1))).toList();
        master.resume();
        gate.awaitEntered(1);

        CompletableFuture<Void> gone = leaving.stop().toCompletableFuture();

        for (CompletableFuture<Entry> one : held) {
            assertThat(result(one).pid()).isNotEqualTo(leaving.pid());
        }
        assertThat(running).isNotDone();
        assertThat(gone).isNotDone();
        gate.open();
        assertThat(result(running).pid()).isEqualTo(leaving.pid());
        gone.get(30, TimeUnit.SECONDS);
        assertThat(result(ask("again", keys.get(0))).pid())
                .isIn(workers.get(0).pid(), workers.get(1).pid());
    }

    @Test
    void aRunHasOptionsTooAndANameIsToldRightAfterItsTask() {
        TaskOptions options = ANY.withSoftTimeout(Duration.ofMillis(200)).withName("much too slow");
        List<TaskResult<Entry>> results = master.runAll(List.of("gate " + directory.resolve("never")), options).stream()
                .toList();

        assertThat(results).singleElement().satisfies(result -> {
            assertThatThrownBy(result::value)
                    .isInstanceOf(TaskTimeoutException.class)
                    .hasMessageContaining("Task " + result.taskId() + " (much too slow)");
            assertThat(TOLD.get(TOLD.indexOf("added " + result.taskId()) + 1))
                    .isEqualTo("named " + result.taskId() + " much too slow");
        });
    }

    @Test
    void drainEndsWithTheMasterEvenInAPause() {
        CompletableFuture<Void> drained;
        Master<String, Entry> closed = Master.of(JournalWorker.class).start();
        try (closed) {
            closed.pause();
            closed.addTask("never run");
            drained = closed.drain().toCompletableFuture();
            assertThat(drained).isNotDone();
        }
        assertThat(drained).succeedsWithin(PATIENCE);
        assertThat(closed.drain().toCompletableFuture()).succeedsWithin(PATIENCE);
        assertThatThrownBy(closed::pause).isInstanceOf(MasterClosedException.class);
        assertThatThrownBy(closed::resume).isInstanceOf(MasterClosedException.class);
    }

    /** Keys whose tasks run on this worker, which has run some of them, so that it asks for several at once. */
    private static List<TaskOptions> keysOf(WorkerHandle worker, int count) throws Exception {
        List<TaskOptions> keys = new ArrayList<>();
        for (int n = 0; keys.size() < count; n++) {
            TaskOptions key = ANY.withKey("key " + n + " of a worker's");
            if (result(ask("whose", key)).pid() == worker.pid()) {
                keys.add(key);
            }
        }
        for (int n = 0; n < 10; n++) {
            result(ask("warm-up", keys.get(0)));
        }
        return keys;
    }

    private static void ranInOneProcessInOrder(List<Entry> entries) {
        entries.sort(Comparator.comparing(Entry::nth));
        assertThat(entries.stream().map(Entry::pid).distinct()).hasSize(1);
        assertThat(entries).isSortedAccordingTo(Comparator.comparing(TaskOptionsIT::number));
    }

    private static int number(Entry entry) {
        return Integer.parseInt(entry.task().split(" ")[1]);
    }

    private static List<Entry> entries(Results<Entry> results) {
        return results.stream().map(TaskResult::value).toList();
    }

    private static CompletableFuture<Entry> ask(String task, TaskOptions options) {
        return master.ask(task, options).toCompletableFuture();
    }
}
