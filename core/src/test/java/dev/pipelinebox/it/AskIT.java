package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.TaskFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks, of a master where further ones wait and of one that refuses them. */
class AskIT {

    private static final int MOST = 4;
    private static final int MOST_WAITING = 32;

    private static final ExecutorService EXECUTOR =
            Executors.newSingleThreadExecutor(action -> new Thread(action, "answers"));

    private static Master<String, Object> waiting;
    private static Master<String, Object> failing;

    @BeforeAll
    static void start() {
        waiting = Master.of(Workers.Faulty.class)
                .config(ConfigFactory.parseString("pipelinebox.ask.max-pending = " + MOST_WAITING))
                .start();
        failing = Master.of(Workers.Faulty.class)
                .config(ConfigFactory.parseString(
                        "pipelinebox { ask { when-full = fail, max-pending = " + MOST + " }, task.grace = 30 s }"))
                .completionExecutor(EXECUTOR)
                .start();
        ready(waiting.addWorker(), failing.addWorker());
    }

    @AfterAll
    static void close() {
        waiting.close();
        failing.close();
        EXECUTOR.shutdown();
        NoProcessLeft.check("AskIT");
    }

    @Test
    void thousandsOfAsksFromManyThreadsHaveTheirResults() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<List<Object>>> answered = LongStream.range(0, 8)
                    .mapToObj(caller -> CompletableFuture.supplyAsync(() -> askMany(caller), callers))
                    .toList();
            for (int caller = 0; caller < answered.size(); caller++) {
                assertThat(answered.get(caller).get(60, TimeUnit.SECONDS)).isEqualTo(arguments(caller));
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static List<Object> askMany(long caller) {
        List<CompletableFuture<Object>> asked = arguments(caller).stream()
                .map(argument -> waiting.ask((String) argument).toCompletableFuture())
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private static List<Object> arguments(long caller) {
        return LongStream.range(0, 250)
                .<Object>mapToObj(number -> "argument-" + caller + "-" + number)
                .toList();
    }

    @Test
    void theErrorIsTheTasksOwn() throws Exception {
        CompletableFuture<Throwable> error = new CompletableFuture<>();
        waiting.ask("throw it").whenComplete((value, thrown) -> error.complete(thrown));

        assertThat(error.get(30, TimeUnit.SECONDS))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("it");
    }

    @Test
    void resultsAreDeliveredOnTheExecutorThatWasSet(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        CompletableFuture<String> thread = new CompletableFuture<>();
        failing.ask("gate " + gate)
                .whenComplete((value, thrown) ->
                        thread.complete(Thread.currentThread().getName()));
        gate.open();

        assertThat(thread.get(30, TimeUnit.SECONDS)).isEqualTo("answers");
    }

    @Test
    void oneTooManyFailsAtOnceAndThereIsRoomAgainWhenOneIsTakenBack() {
        List<CompletableFuture<Object>> open = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            open.add(failing.ask("sleep 60000").toCompletableFuture());
        }
        CompletableFuture<Object> tooMany = failing.ask("one too many").toCompletableFuture();
        assertThat(tooMany).isCompletedExceptionally();
        assertThatThrownBy(tooMany::join).hasCauseInstanceOf(QueueFullException.class);

        open.forEach(ask -> ask.cancel(true));
        assertThat(failing.ask("there is room again").toCompletableFuture().join())
                .isEqualTo("there is room again");
    }

    @Test
    void oneTooManyWaitsForRoomUnlessItsThreadIsInterrupted() throws InterruptedException {
        List<CompletableFuture<Object>> open = new ArrayList<>();
        for (int i = 0; i < MOST_WAITING; i++) {
            open.add(waiting.ask("sleep 60000").toCompletableFuture());
        }
        CompletableFuture<CompletableFuture<Object>> asked = new CompletableFuture<>();
        Thread asking = new Thread(() -> asked.complete(waiting.ask("too many").toCompletableFuture()), "asking");
        asking.start();
        await().until(() -> asking.getState() == Thread.State.WAITING);

        asking.interrupt();
        assertThatThrownBy(() -> asked.join().join()).hasCauseInstanceOf(CallerInterruptedException.class);
        asking.join();
        open.forEach(ask -> ask.cancel(true));
        assertThat(waiting.ask("there is room again").toCompletableFuture().join())
                .isEqualTo("there is room again");
    }
}
