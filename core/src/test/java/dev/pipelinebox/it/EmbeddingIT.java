package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.actor.MasterMessage.RunTask;
import dev.pipelinebox.actor.MasterMessage.Subscribe;
import dev.pipelinebox.actor.MasterMessage.Unsubscribe;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.TaskFailedException;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerExit.Cause;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.testkit.TestKit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters in actor systems of an application, one of them in a cluster with a second node in a process of its own. */
class EmbeddingIT {

    private static final List<String> NODES = List.of("shop Up", "shop Up");

    private static Shop shop;
    private static Process otherNode;
    private static String till;

    private final Events events = new Events();

    @BeforeAll
    static void openTheShop() throws Exception {
        shop = Shop.found(Shop.CONFIG);
        otherNode = shop.startOtherNode();
        await().until(() -> shop.members().equals(NODES));
        till = shop.askTill();
    }

    @AfterAll
    static void closeTheShop() throws Exception {
        shop.system.terminate();
        shop.system.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
        otherNode.destroyForcibly().waitFor();
        NoProcessLeft.check("embedding");
    }

    /** Whatever was done in it, the application's cluster is as it was before. */
    @AfterEach
    void theShopIsAsItWas() {
        await().untilAsserted(() -> assertThat(shop.members()).isEqualTo(NODES));
        assertThat(shop.askTill()).isEqualTo(till);
        assertThat(shop.actors()).doesNotContain("pipelinebox");
        await().until(() ->
                NoProcessLeft.living().stream().allMatch(process -> process.startsWith(otherNode.pid() + " ")));
    }

    @Test
    void workersJoinTheClusterOfTheApplicationAndAKilledOneIsReplacedThere() {
        try (Master<Integer, Long> master = Master.of(Workers.Pid.class)
                .actorSystem(shop.system)
                .monitor(events)
                .start()) {
            WorkerHandle doomed = master.addWorker();
            ready(doomed, master.addWorker());
            awaitTwoWorkersUp();
            long killed = doomed.pid();

            CompletableFuture<Set<Long>> pids = CompletableFuture.supplyAsync(() ->
                    master.runAll(IntStream.range(0, 100).mapToObj(i -> 20).toList()).stream()
                            .map(TaskResult::value)
                            .collect(Collectors.toSet()));
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            assertThat(pids).succeedsWithin(PATIENCE);
            await().until(() -> doomed.pid() != killed);
            awaitTwoWorkersUp();
            assertThat(shop.askTill()).isEqualTo(till);
        }
        assertThat(events.exits()).containsExactly(Cause.KILLED_FROM_OUTSIDE, Cause.STOPPED, Cause.STOPPED);
    }

    @Test
    void shardedEntitiesOfTheApplicationComeIntoBeingAndAnswerWhileWorkersComeDieAndGo() {
        assertShelvesAnswer("before");
        try (Master<Integer, Long> master =
                Master.of(Workers.Pid.class).actorSystem(shop.system).start()) {
            WorkerHandle doomed = master.addWorker();
            ready(doomed, master.addWorker());
            assertShelvesAnswer("as they come");
            awaitTwoWorkersUp();
            assertShelvesAnswer("beside them");
            ProcessHandle.of(doomed.pid()).orElseThrow().destroyForcibly();
            assertShelvesAnswer("as one dies");
        }
        assertShelvesAnswer("as they have gone");
    }

    /** New ones each time, in shards of their own, so that the application's nodes have to agree where they are. */
    private static void assertShelvesAnswer(String when) {
        assertThat(IntStream.range(0, 10).mapToObj(number -> number + " " + when))
                .allSatisfy(name -> assertThat(shop.askShelf(name)).isEqualTo(name));
    }

    @Test
    void mastersOfDifferentWorkerClassesLiveInOneSystem() {
        try (Master<Long, Long> counting = Master.of(Workers.Increment.class)
                        .actorSystem(shop.system)
                        .start();
                Master<String, Object> faulty = inProcess(shop.system)) {
            counting.addWorker();
            faulty.addWorker();

            assertThat(counting.ask(1L).toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(2L);
            assertThat(faulty.ask("echo").toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isEqualTo("echo");
            awaitTwoWorkersUp();
        }
    }

    @Test
    void otherActorsAskForResultsAndAlwaysGetOne() {
        try (Master<String, Object> master = inProcess(shop.system)) {
            assertThat(failure(ask(master, "nobody is there"))).isInstanceOf(NoWorkerException.class);
            master.addWorker();

            assertThat(ask(master, "echo")).isEqualTo(new TaskResult.Success<>(1, "echo"));
            assertThat(failure(ask(master, "throw it is broken"))).isInstanceOf(TaskFailedException.class);
            assertThat(failure(ask(master, "return-unwritable"))).isInstanceOf(PayloadException.class);

            CompletionStage<TaskResult<Object>> running = asking(master, "sleep 60000");
            CompletableFuture.runAsync(master::halt);
            assertThat(failure(running.toCompletableFuture().join())).isNotNull();
        }
    }

    @Test
    void anArgumentThatCannotBeWrittenIsTheFailureOfItsTask() {
        try (Master<Object, Object> master = Master.of(Workers.Anything.class)
                .actorSystem(shop.system)
                .config(TestKit.inProcess().toConfig())
                .start()) {
            master.addWorker();
            TestProbe<TaskResult<Object>> asking = TestProbe.create(shop.system);

            master.ref().tell(new RunTask<>(new Object(), asking.ref()));
            master.ref().tell(new RunTask<>("echo", TaskOptions.defaults(), asking.ref()));

            TaskResult<Object> refused = asking.receiveMessage(PATIENCE);
            assertThat(refused.taskId()).isEqualTo(1);
            assertThat(failure(refused)).isInstanceOf(PayloadException.class);
            asking.expectMessage(PATIENCE, new TaskResult.Success<>(2, "echo"));
        }
    }

    @Test
    void oneAskTooManyOfAnotherActorFailsAtOnce(@TempDir Path directory) {
        Gate gate = Gate.in(directory);
        try (Master<String, Object> master = Master.of(Workers.Faulty.class)
                .actorSystem(shop.system)
                .config(ConfigFactory.parseString("pipelinebox.ask.max-pending = 1")
                        .withFallback(TestKit.inProcess().toConfig()))
                .start()) {
            ready(master.addWorker());
            CompletionStage<TaskResult<Object>> only = asking(master, "gate " + gate);
            TaskResult<Object> tooMany = ask(master, "echo");

            assertThat(tooMany.taskId()).isZero();
            assertThat(failure(tooMany)).isInstanceOf(QueueFullException.class);
            gate.open();
            assertThat(only.toCompletableFuture().join().isSuccess()).isTrue();
            assertThat(ask(master, "echo").isSuccess()).isTrue();
        }
    }

    @Test
    void aTaskThatCannotBeAddedFailsAndTheMasterGoesOn() {
        try (Master<String, Object> master = inProcess(shop.system)) {
            master.addWorker();
            TestProbe<TaskResult<Object>> asking = TestProbe.create(shop.system);

            master.ref().tell(new RunTask<>("echo", TaskOptions.defaults().withKey(new Object()), asking.ref()));
            master.ref().tell(new RunTask<>("echo", asking.ref()));

            TaskResult<Object> refused = asking.receiveMessage(PATIENCE);
            assertThat(refused.taskId()).isZero();
            assertThat(failure(refused)).hasMessageContaining("The key, of class java.lang.Object, cannot be written");
            asking.expectMessage(PATIENCE, new TaskResult.Success<>(1, "echo"));
        }
    }

    @Test
    void otherActorsSubscribeToAllThatHappensAndHearOfATaskBeforeItsResultComes() {
        TestProbe<Object> told = TestProbe.create(shop.system);
        try (Master<String, Object> master = inProcess(shop.system)) {
            master.ref().tell(new Subscribe<>(told.ref()));
            master.ref().tell(new RunTask<>("too early", told.ref()));
            assertThat(failure((TaskResult<?>) told.receiveMessage(PATIENCE))).isInstanceOf(NoWorkerException.class);
            ready(master.addWorker());
            told.expectMessage(PATIENCE, new PoolEvent.WorkerAdded(0, null));
            told.expectMessageClass(PoolEvent.WorkerStarted.class, PATIENCE);
            told.expectMessageClass(PoolEvent.WorkerBecameReady.class, PATIENCE);

            master.ref().tell(new RunTask<>("echo", told.ref()));

            told.expectMessage(PATIENCE, new PoolEvent.TaskAdded(1));
            told.expectMessage(PATIENCE, new PoolEvent.TaskAttachedToWorker(0, 1));
            told.expectMessage(PATIENCE, new PoolEvent.ResultRetrievedFromWorker(0, 1));
            told.expectMessage(PATIENCE, new TaskResult.Success<>(1, "echo"));

            master.ref().tell(new Unsubscribe<>(told.ref()));
            master.ref().tell(new RunTask<>("echo", told.ref()));
            told.expectMessage(PATIENCE, new TaskResult.Success<>(2, "echo"));
        }
        told.expectNoMessage(Duration.ZERO);
    }

    @Test
    void theEndOfTheActorSystemStopsTheWorkersInOrderEvenIfTheyHaveToSpeakTls(@TempDir Path directory)
            throws Exception {
        Shop other = Shop.found(Shop.withTls(directory));
        Master<String, Object> master = Master.of(Workers.Faulty.class)
                .actorSystem(other.system)
                .monitor(events)
                .start();
        master.addWorker();
        Gate gate = Gate.in(directory);
        CompletionStage<Object> running = master.ask("gate " + gate);
        gate.awaitEntered(1);

        other.system.terminate();
        gate.open();
        other.system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(running.toCompletableFuture()).succeedsWithin(PATIENCE).isEqualTo("survived gate " + gate);
        assertThat(events.exits()).containsExactly(Cause.STOPPED);
        assertThatThrownBy(() -> master.addTask("too late")).isInstanceOf(MasterClosedException.class);
        master.close();
    }

    @Test
    void aLocalSystemIsLeftAloneAndItsEndEndsTheWorkers() throws Exception {
        Config local = ConfigFactory.parseString("""
                        akka {
                          loglevel = WARNING
                          serialization.jackson.jackson-modules = []
                          coordinated-shutdown { run-by-actor-system-terminate = off, terminate-actor-system = off }
                        }
                        """).withFallback(ConfigFactory.load());
        TestProbe<TaskResult<Long>> asking = TestProbe.create(shop.system);
        ActorSystem<Void> office = ActorSystem.create(Behaviors.empty(), "office", local);
        try (Master<Long, Long> master =
                Master.of(Workers.Increment.class).actorSystem(office).start()) {
            master.addWorker();
            assertThat(master.ask(1L).toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(2L);
        }
        assertThat(Shop.actors(office)).doesNotContain("pipelinebox");

        CountDownLatch running = new CountDownLatch(1);
        Master<Integer, Long> master = Master.of(Workers.Pid.class)
                .actorSystem(office)
                .monitor(new TaskMonitor() {
                    @Override
                    public void onTaskAttachedToWorker(int workerIndex, long taskId) {
                        running.countDown();
                    }
                })
                .start();
        WorkerHandle worker = master.addWorker();
        ready(worker);
        master.ref().tell(new RunTask<>(60_000, asking.ref()));
        ProcessHandle process = ProcessHandle.of(worker.pid()).orElseThrow();
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        office.terminate();

        assertThat(process.onExit()).succeedsWithin(PATIENCE);
        assertThat(failure(asking.receiveMessage(PATIENCE))).isInstanceOf(PipelineBoxException.class);
        assertThatThrownBy(
                        () -> Master.of(Workers.Pid.class).actorSystem(office).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("office");
    }

    private static Master<String, Object> inProcess(ActorSystem<?> system) {
        return Master.of(Workers.Faulty.class)
                .actorSystem(system)
                .config(TestKit.inProcess().toConfig())
                .start();
    }

    private static TaskResult<Object> ask(Master<String, Object> master, String argument) {
        return asking(master, argument).toCompletableFuture().join();
    }

    private static CompletionStage<TaskResult<Object>> asking(Master<String, Object> master, String argument) {
        return AskPattern.ask(
                master.ref(), replyTo -> new RunTask<>(argument, replyTo), PATIENCE, shop.system.scheduler());
    }

    private static Throwable failure(TaskResult<?> result) {
        assertThat(result).isInstanceOf(TaskResult.Failure.class);
        return ((TaskResult.Failure<?>) result).error();
    }

    /** And nobody else in the cluster is otherwise than before. */
    private static void awaitTwoWorkersUp() {
        await().untilAsserted(() -> {
            assertThat(shop.members()).hasSize(4).containsAll(NODES);
            assertThat(shop.members().stream().filter(member -> member.contains("pipelinebox-worker")))
                    .hasSize(2)
                    .allMatch(member -> member.endsWith(" Up"));
        });
    }
}
