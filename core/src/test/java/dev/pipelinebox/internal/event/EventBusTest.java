package dev.pipelinebox.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventBusTest {

    private static ActorTestKit kit;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create(
                "monitor-hub", ConfigFactory.parseString("""
                                akka {
                                  # Patience of the test kit.
                                  actor.testkit.typed.timefactor = 20
                                  loglevel = WARNING
                                  java-flight-recorder.enabled = off
                                  jvm-exit-on-fatal-error = off
                                  serialization.jackson.jackson-modules = []
                                }
                                """).withFallback(ConfigFactory.defaultReference()));
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void tellsEveryKindOfEvent() {
        PoolEvent event = new PoolEvent.WorkerStarted(3, 4711);
        EventBus hub = hub(new Remembering("a"));

        hub.onWorkerAdded(3, "Alice");
        hub.onWorkerAdded(4, null);
        hub.onTaskAdded(1);
        hub.onTaskAttachedToWorker(3, 1);
        hub.onResultRetrievedFromWorker(3, 1);
        hub.onEvent(event);
        waitFor(hub);

        assertThat(told)
                .containsExactly(
                        "a: worker 3 Alice",
                        "a: worker 4 null",
                        "a: task 1",
                        "a: 1 to 3",
                        "a: 1 from 3",
                        "a: " + event);
    }

    @Test
    void tellsAllMonitorsOfAnEventBeforeTheNextInTheOrderOfSubscribing() {
        EventBus hub = hub(new Remembering("a"), new Remembering("b"));

        hub.onTaskAdded(1);
        hub.onTaskAdded(2);
        waitFor(hub);

        assertThat(told).containsExactly("a: task 1", "b: task 1", "a: task 2", "b: task 2");
    }

    @Test
    void keepsTheOrderOfThousandsOfEvents() {
        EventBus hub = hub(new Remembering("a"));

        LongStream.rangeClosed(1, 5_000).forEach(hub::onTaskAdded);
        waitFor(hub);

        assertThat(told)
                .isEqualTo(LongStream.rangeClosed(1, 5_000)
                        .mapToObj(task -> "a: task " + task)
                        .toList());
    }

    @Test
    void runsAnActionAfterTheEventsBeforeItAndBeforeThoseAfterIt() {
        EventBus hub = hub(new Remembering("a"));

        hub.onTaskAdded(1);
        hub.execute(() -> told.add("action"));
        hub.onTaskAdded(2);
        waitFor(hub);

        assertThat(told).containsExactly("a: task 1", "action", "a: task 2");
    }

    static List<Throwable> whatAMonitorMayThrow() {
        return List.of(
                new IllegalStateException("thrown on request"),
                new AssertionError("thrown on request"),
                new StackOverflowError("thrown on request"),
                new IOException("thrown on request, by a monitor in Kotlin, say"));
    }

    @ParameterizedTest
    @MethodSource("whatAMonitorMayThrow")
    void goesOnAfterAMonitorThatThrows(Throwable thrown) {
        EventBus hub = hub(new Throwing(thrown), new Remembering("b"));

        hub.onTaskAdded(1);
        hub.onTaskAdded(2);
        waitFor(hub);

        assertThat(told).containsExactly("b: task 1", "b: task 2");
    }

    @Test
    void logsAMonitorThatThrowsOnlyOnceWithItsClass() {
        EventBus hub = hub(new Throwing(new IllegalStateException("thrown on request")));

        LoggingTestKit.error(Throwing.class.getName()).withOccurrences(1).expect(kit.system(), () -> {
            hub.onTaskAdded(1);
            hub.onTaskAdded(2);
            return waitFor(hub);
        });
    }

    @Test
    void withoutMonitorsNothingIsToldAndActionsRunAtOnce() {
        EventBus hub = new EventBus(List.of());
        Thread caller = Thread.currentThread();
        List<Thread> ranOn = new ArrayList<>();

        hub.onTaskAdded(1);
        hub.execute(() -> ranOn.add(Thread.currentThread()));

        assertThat(hub.hasMonitors()).isFalse();
        assertThat(ranOn).containsExactly(caller);
    }

    @Test
    void aSubscriberThatComesLateHearsEveryKindOfEventFromThenOn() {
        TestProbe<PoolEvent> subscriber = kit.createTestProbe();
        EventBus hub = new EventBus(List.of());
        hub.onTaskAdded(1);
        PoolEvent started = new PoolEvent.WorkerStarted(3, 4711);

        start(hub);
        hub.onTaskAdded(2);
        hub.subscribe(subscriber.ref());
        hub.onWorkerAdded(3, "Alice");
        hub.onTaskAdded(3);
        hub.onTaskAttachedToWorker(3, 3);
        hub.onResultRetrievedFromWorker(3, 3);
        hub.onEvent(started);

        subscriber.expectMessage(new PoolEvent.WorkerAdded(3, "Alice"));
        subscriber.expectMessage(new PoolEvent.TaskAdded(3));
        subscriber.expectMessage(new PoolEvent.TaskAttachedToWorker(3, 3));
        subscriber.expectMessage(new PoolEvent.ResultRetrievedFromWorker(3, 3));
        subscriber.expectMessage(started);
    }

    @Test
    void aSubscriberIsToldBeforeTheActionThatComesAfterwards() {
        TestProbe<PoolEvent> subscriber = kit.createTestProbe();
        EventBus hub = hub();
        hub.subscribe(subscriber.ref());

        hub.onTaskAdded(1);
        hub.execute(() -> subscriber.ref().tell(new PoolEvent.TaskAdded(2)));

        subscriber.expectMessage(new PoolEvent.TaskAdded(1));
        subscriber.expectMessage(new PoolEvent.TaskAdded(2));
    }

    @Test
    void whoSubscribesTwiceIsToldOnceAndWhoUnsubscribesNoMore() {
        TestProbe<PoolEvent> subscriber = kit.createTestProbe();
        EventBus hub = hub();

        hub.subscribe(subscriber.ref());
        hub.subscribe(subscriber.ref());
        hub.onTaskAdded(1);
        waitFor(hub);
        hub.unsubscribe(subscriber.ref());
        hub.unsubscribe(subscriber.ref());
        waitFor(hub);
        hub.onTaskAdded(2);
        waitFor(hub);
        hub.subscribe(subscriber.ref());
        hub.onTaskAdded(3);

        subscriber.expectMessage(new PoolEvent.TaskAdded(1));
        subscriber.expectMessage(new PoolEvent.TaskAdded(3));
    }

    @Test
    void aSubscriberThatStopsIsForgottenAndTheOthersGoOn() {
        TestProbe<PoolEvent> other = kit.createTestProbe();
        ActorRef<PoolEvent> stopping = kit.spawn(Behaviors.receiveMessage(event -> Behaviors.stopped()));
        EventBus hub = hub(new Remembering("a"));
        hub.subscribe(stopping);
        hub.subscribe(other.ref());

        hub.onTaskAdded(1);
        other.expectTerminated(stopping);
        hub.onTaskAdded(2);

        other.expectMessage(new PoolEvent.TaskAdded(1));
        other.expectMessage(new PoolEvent.TaskAdded(2));
        waitFor(hub);
        assertThat(told).containsExactly("a: task 1", "a: task 2");
    }

    private final class Remembering implements TaskMonitor {
        private final String name;

        Remembering(String name) {
            this.name = name;
        }

        @Override
        public void onWorkerAdded(int workerIndex, Object parameters) {
            told.add(name + ": worker " + workerIndex + " " + parameters);
        }

        @Override
        public void onTaskAdded(long taskId) {
            told.add(name + ": task " + taskId);
        }

        @Override
        public void onTaskAttachedToWorker(int workerIndex, long taskId) {
            told.add(name + ": " + taskId + " to " + workerIndex);
        }

        @Override
        public void onResultRetrievedFromWorker(int workerIndex, long taskId) {
            told.add(name + ": " + taskId + " from " + workerIndex);
        }

        @Override
        public void onEvent(PoolEvent event) {
            told.add(name + ": " + event);
        }
    }

    private static final class Throwing implements TaskMonitor {
        private final Throwable thrown;

        Throwing(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public void onTaskAdded(long taskId) {
            sneak(thrown);
        }

        /** As languages without checked exceptions throw. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> void sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    private static EventBus hub(TaskMonitor... monitors) {
        EventBus hub = new EventBus(List.of(monitors));
        start(hub);
        return hub;
    }

    private static void start(EventBus hub) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        kit.spawn(Behaviors.setup(context -> {
            hub.start(context);
            started.complete(null);
            return Behaviors.empty();
        }));
        started.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static boolean waitFor(EventBus hub) {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        hub.execute(() -> reached.complete(true));
        return reached.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
