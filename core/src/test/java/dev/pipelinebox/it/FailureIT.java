package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.kill;
import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.InvalidParametersException;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.it.JournalWorker.Entry;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens when things go wrong, with real worker processes. */
@ExtendWith(NoProcessLeft.class)
class FailureIT {

    /** What is set for all masters of these tests. */
    Config link() {
        return ConfigFactory.empty();
    }

    private <A, R> Master<A, R> started(Class<? extends Worker<A, R>> type, String settings) {
        return Master.of(type)
                .config(ConfigFactory.parseString(settings).withFallback(link()))
                .start();
    }

    @Test
    void aKilledWorkersTaskRunsAgainElsewhereAndTheWorkerIsReplaced(@TempDir Path directory) {
        Gate gate = Gate.in(directory);
        try (Master<String, Entry> master = started(JournalWorker.class, "")) {
            WorkerHandle first = master.addWorker();
            WorkerHandle second = master.addWorker();
            ready(first, second);
            long killed = first.pid();
            Set<Long> ids = new HashSet<>();
            Set<Long> pids = new HashSet<>();
            Results<Entry> results = master.runAll(Collections.nCopies(150, "gate " + gate));
            gate.awaitEnteredBy(killed, second.pid());
            kill(killed);
            gate.open();
            for (TaskResult<Entry> result : results) {
                assertThat(ids.add(result.taskId())).isTrue();
                pids.add(result.value().pid());
            }
            assertThat(ids).hasSize(150);
            await().until(() -> first.pid() != killed);
            assertThat(pids).contains(second.pid()).doesNotContain(killed);
        }
    }

    @Test
    void aFrozenWorkersTaskRunsAgainElsewhereThoughNothingLimitsIt() throws Exception {
        try (Master<Integer, Long> master =
                started(Workers.Pid.class, "pipelinebox.worker { answer-timeout = 5 s, spares = 1 }")) {
            WorkerHandle worker = master.addWorker();
            ready(worker);
            long frozen = worker.pid();
            assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(frozen))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(master.ask(0).toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isNotEqualTo(frozen);
            assertThat(ProcessHandle.of(frozen)).isEmpty();
        }
    }

    @Test
    void aConstructorThatThrowsFailsWhatWaitsAndWhatComes() {
        try (Master<String, String> master =
                started(Workers.Unbuildable.class, "pipelinebox.worker.max-start-failures = 2")) {
            WorkerHandle worker = master.addWorker();
            CompletableFuture<String> waiting = master.ask("x").toCompletableFuture();
            assertThatThrownBy(waiting::join)
                    .hasCauseInstanceOf(WorkerStartException.class)
                    .hasMessageContaining("the licence has expired")
                    .satisfies(failed -> assertThat(output(failed.getCause())).contains("looking for the licence"));
            assertThatThrownBy(() -> worker.ready().toCompletableFuture().join())
                    .hasCauseInstanceOf(WorkerStartException.class);
            assertThatThrownBy(() -> master.run("y"))
                    .isInstanceOf(NoWorkerException.class)
                    .hasMessageContaining("the licence has expired")
                    .satisfies(failed -> assertThat(output(failed.getCause())).contains("looking for the licence"));
        }
    }

    @Test
    void aRunOverAnEndlessInputEndsWhenTheLastWorkerIsGivenUp() {
        try (Master<String, String> master =
                started(Workers.Unbuildable.class, "pipelinebox.worker.max-start-failures = 1")) {
            master.addWorker();
            Iterator<TaskResult<String>> results =
                    master.runAll(Stream.generate(() -> "x")).iterator();

            assertThat(results.next().isSuccess()).isFalse();
            assertThatThrownBy(() -> results.forEachRemaining(
                            result -> assertThat(result.isSuccess()).isFalse()))
                    .isInstanceOf(NoWorkerException.class)
                    .hasMessageContaining("the licence has expired");
        }
    }

    private static String output(Throwable startFailure) {
        return ((WorkerStartException) startFailure).exit().orElseThrow().outputTail();
    }

    @Test
    void aJvmThatCannotStartSaysWhy() {
        try (Master<String, Object> master =
                started(Workers.Faulty.class, "pipelinebox.worker.max-start-failures = 1")) {
            WorkerHandle worker =
                    master.addWorker(null, WorkerOptions.defaults().withJvmArguments("-XX:NoSuchFlag"));
            assertThatThrownBy(() -> worker.ready().toCompletableFuture().join())
                    .hasCauseInstanceOf(WorkerStartException.class)
                    .hasMessageContaining("NoSuchFlag");
            assertThatThrownBy(() ->
                            master.addWorker(null, WorkerOptions.defaults().withJavaHome(Path.of("no-such-java"))))
                    .hasMessageContaining("no-such-java");
        }
    }

    @Test
    void anInputThatThrowsEndsItsRunAndTheMasterIsUsableAgain() {
        try (Master<String, Object> master = started(Workers.Faulty.class, "")) {
            master.addWorker();
            Stream<String> input = Stream.of("a", "sleep 60000", "b", "boom").peek(task -> {
                if (task.equals("boom")) {
                    throw new IllegalArgumentException("the input is broken");
                }
            });
            assertThatThrownBy(() -> master.runAll(input).forEach(result -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the input is broken");
            assertThat(master.run("again").stream().map(TaskResult::value)).containsExactly("again");
        }
    }

    @Test
    void closingARunEarlyCancelsWhatHasNotRunAndInterruptsWhatRuns() {
        try (Master<String, Object> master = started(Workers.Faulty.class, "")) {
            ready(master.addWorker());
            Results<Object> results = master.runAll(Stream.iterate("sleep 60000", task -> task));
            results.close();
            assertThat(results.iterator().hasNext()).isFalse();
            assertThat(master.run("next").stream().map(TaskResult::value)).containsExactly("next");
            CompletableFuture<Object> asked = master.ask("sleep 60000").toCompletableFuture();
            asked.cancel(true);
            assertThat(master.ask("after").toCompletableFuture().join()).isEqualTo("after");
        }
    }

    @Test
    void aStoppedWorkerFinishesWhatItRunsAndWithNoneLeftNothingWaits(@TempDir Path directory) {
        try (Master<String, Object> master = started(Workers.Faulty.class, "")) {
            WorkerHandle only = master.addWorker();
            ready(only);
            Gate gate = Gate.in(directory);
            CompletableFuture<Object> running = master.ask("gate " + gate).toCompletableFuture();
            CompletableFuture<Object> waiting = master.ask("waits").toCompletableFuture();
            gate.awaitEntered(1);
            CompletableFuture<Void> stopped = only.stop().toCompletableFuture();
            gate.open();
            stopped.join();
            assertThat(running.join()).isEqualTo("survived gate " + gate);
            assertThatThrownBy(waiting::join).hasCauseInstanceOf(NoWorkerException.class);
            assertThatThrownBy(() -> master.run("x")).isInstanceOf(NoWorkerException.class);
            master.addWorker();
            assertThat(master.run("y").stream().map(TaskResult::value)).containsExactly("y");
        }
    }

    @Test
    void badUseIsAnErrorAtOnceThatNamesTheRemedy() {
        try (Master<String, String> master = started(Workers.Named.class, "")) {
            assertThatThrownBy(() -> master.run("x"))
                    .isInstanceOf(NoWorkerException.class)
                    .hasMessageContaining("addWorker");
            assertThatThrownBy(() -> master.broadcast("x"))
                    .isInstanceOf(NoWorkerException.class)
                    .hasMessageContaining("addWorker");
            assertThatThrownBy(() -> master.addWorkers(0, Map.of("name", "Bob")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0 workers")
                    .hasMessageContaining("give 1 or more");
            assertThatThrownBy(() -> master.addWorker(Map.of("nome", "Bob")))
                    .isInstanceOf(InvalidParametersException.class)
                    .hasMessageContaining("nome");
            assertThatThrownBy(master::addWorker)
                    .isInstanceOf(InvalidParametersException.class)
                    .hasMessageContaining("addWorker(parameters)");
        }
        assertThatThrownBy(() -> Master.of(Workers.Named.class)
                        .config(ConfigFactory.parseString("pipelinebox.run.windou = 3"))
                        .start())
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("pipelinebox.run.windou");
        assertThatThrownBy(() -> Master.of(Workers.Named.class)
                        .config(ConfigFactory.parseString("pipelinebox.worker.java-home = /no-such-java"))
                        .start())
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("pipelinebox.worker.java-home")
                .hasMessageContaining("no-such-java");
    }

    @Test
    void anEndOfTheMastersActorSystemEndsTheWorkersAndTellsWhoWaits() throws Exception {
        try (Master<String, Object> master = started(Workers.Faulty.class, "")) {
            WorkerHandle worker = master.addWorker();
            ready(worker);
            CompletableFuture<Object> waiting = master.ask("hang").toCompletableFuture();
            ProcessHandle process = ProcessHandle.of(worker.pid()).orElseThrow();

            actorSystemOf(master).terminate();

            await().until(() -> !process.isAlive());
            assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(MasterClosedException.class);
        }
    }

    /** It is private to the master, so nobody ends it by mistake. */
    private static ActorSystem<?> actorSystemOf(Master<?, ?> master) throws ReflectiveOperationException {
        Object shutdown = field(field(master, "runtime"), "shutdown");
        return (ActorSystem<?>) field(field(shutdown, "owner"), "own");
    }

    private static Object field(Object holder, String name) throws ReflectiveOperationException {
        Field field = holder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(holder);
    }

    @Test
    void aDeathIsSeenThoughAllThreadsOfTheCommonPoolAreBlocked() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (Master<Integer, Long> master = started(Workers.Pid.class, "")) {
            WorkerHandle worker = master.addWorker();
            ready(worker);
            for (int thread = 0; thread < ForkJoinPool.getCommonPoolParallelism(); thread++) {
                ForkJoinPool.commonPool().execute(() -> {
                    try {
                        done.await();
                    } catch (InterruptedException unexpected) {
                        throw new IllegalStateException(unexpected);
                    }
                });
            }
            long killed = worker.pid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            assertThat(master.run(1).stream().map(TaskResult::value))
                    .singleElement()
                    .isNotEqualTo(killed);
        } finally {
            done.countDown();
        }
    }

    @Test
    void childrenOfAKilledWorkerAreGoneToo(@TempDir Path directory) {
        try (Master<String, Object> master = started(Workers.Faulty.class, "pipelinebox.shutdown.grace = 300 ms")) {
            master.addWorker();
            Path mark = directory.resolve("spawned");
            CompletableFuture<Object> asked =
                    master.ask("spawn-and-hang " + mark).toCompletableFuture();
            await().until(() -> Files.exists(mark));
            assertThat(NoProcessLeft.living()).anyMatch(process -> process.contains("sleep"));
            master.halt();
            assertThatThrownBy(asked::join).isNotInstanceOf(TaskCancelledException.class);
        }
    }
}
