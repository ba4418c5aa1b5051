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

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create(
                "monitor-bus", ConfigFactory.parseString("""
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
    void givesEveryKindOfEvent() {
        PoolEvent event = new PoolEvent.WorkerStarted(3, 4711);
        EventBus bus = bus(new Remembering("a"));

        bus.onWorkerAdded(3, "Alice");
        bus.onWorkerAdded(4, null);
        bus.onTaskAdded(1);
        bus.onTaskAttachedToWorker(3, 1);
        bus.onResultRetrievedFromWorker(3, 1);
        bus.onEvent(event);
        waitFor(bus);

        assertThat(events)
                .containsExactly(
                        "a: worker 3 Alice",
                        "a: worker 4 null",
                        "a: task 1",
                        "a: 1 to 3",
                        "a: 1 from 3",
                        "a: " + event);
    }

    @Test
    void givesAnEventToAllMonitorsInTheOrderOfSubscribingBeforeTheNext() {
        EventBus bus = bus(new Remembering("a"), new Remembering("b"));

        bus.onTaskAdded(1);
        bus.onTaskAdded(2);
        waitFor(bus);

        assertThat(events).containsExactly("a: task 1", "b: task 1", "a: task 2", "b: task 2");
    }

    @Test
    void keepsTheOrderOfThousandsOfEvents() {
        EventBus bus = bus(new Remembering("a"));

        LongStream.rangeClosed(1, 5_000).forEach(bus::onTaskAdded);
        waitFor(bus);

        assertThat(events)
                .isEqualTo(LongStream.rangeClosed(1, 5_000)
                        .mapToObj(task -> "a: task " + task)
                        .toList());
    }

    @Test
    void runsAnActionAfterTheEventsBeforeItAndBeforeThoseAfterIt() {
        EventBus bus = bus(new Remembering("a"));

        bus.onTaskAdded(1);
        bus.execute(() -> events.add("action"));
        bus.onTaskAdded(2);
        waitFor(bus);

        assertThat(events).containsExactly("a: task 1", "action", "a: task 2");
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
        EventBus bus = bus(new Throwing(thrown), new Remembering("b"));

        bus.onTaskAdded(1);
        bus.onTaskAdded(2);
        waitFor(bus);

        assertThat(events).containsExactly("b: task 1", "b: task 2");
    }

    @Test
    void logsAMonitorThatThrowsOnlyOnceWithItsClass() {
        EventBus bus = bus(new Throwing(new IllegalStateException("thrown on request")));

        LoggingTestKit.error(Throwing.class.getName()).withOccurrences(1).expect(kit.system(), () -> {
            bus.onTaskAdded(1);
            bus.onTaskAdded(2);
            return waitFor(bus);
        });
    }

    @Test
    void withoutMonitorsEventsAreDroppedAndActionsRunAtOnce() {
        EventBus bus = new EventBus(List.of());
        Thread caller = Thread.currentThread();
        List<Thread> ranOn = new ArrayList<>();

        bus.onTaskAdded(1);
        bus.execute(() -> ranOn.add(Thread.currentThread()));

        assertThat(bus.hasMonitors()).isFalse();
        assertThat(ranOn).containsExactly(caller);
    }

    @Test
    void aLateSubscriberHearsEveryKindOfEventFromThenOn() {
        TestProbe<PoolEvent> subscriber = kit.createTestProbe();
        EventBus bus = new EventBus(List.of());
        bus.onTaskAdded(1);
        PoolEvent started = new PoolEvent.WorkerStarted(3, 4711);

        start(bus);
        bus.onTaskAdded(2);
        bus.subscribe(subscriber.ref());
        bus.onWorkerAdded(3, "Alice");
        bus.onTaskAdded(3);
        bus.onTaskAttachedToWorker(3, 3);
        bus.onResultRetrievedFromWorker(3, 3);
        bus.onEvent(started);

        subscriber.expectMessage(new PoolEvent.WorkerAdded(3, "Alice"));
        subscriber.expectMessage(new PoolEvent.TaskAdded(3));
        subscriber.expectMessage(new PoolEvent.TaskAttachedToWorker(3, 3));
        subscriber.expectMessage(new PoolEvent.ResultRetrievedFromWorker(3, 3));
        subscriber.expectMessage(started);
    }

    @Test
    void aSubscriberHearsAnEventBeforeTheActionAfterIt() {
        TestProbe<PoolEvent> subscriber = kit.createTestProbe();
        EventBus bus = bus();
        bus.subscribe(subscriber.ref());

        bus.onTaskAdded(1);
        bus.execute(() -> subscriber.ref().tell(new PoolEvent.TaskAdded(2)));

        subscriber.expectMessage(new PoolEvent.TaskAdded(1));
        subscriber.expectMessage(new PoolEvent.TaskAdded(2));
    }

    @Test
    void aSecondSubscriptionDoesNothingAndAnUnsubscribedActorHearsNoMore() {
        TestProbe<PoolEvent> subscriber = kit.createTestProbe();
        EventBus bus = bus();

        bus.subscribe(subscriber.ref());
        bus.subscribe(subscriber.ref());
        bus.onTaskAdded(1);
        waitFor(bus);
        bus.unsubscribe(subscriber.ref());
        bus.unsubscribe(subscriber.ref());
        waitFor(bus);
        bus.onTaskAdded(2);
        waitFor(bus);
        bus.subscribe(subscriber.ref());
        bus.onTaskAdded(3);

        subscriber.expectMessage(new PoolEvent.TaskAdded(1));
        subscriber.expectMessage(new PoolEvent.TaskAdded(3));
    }

    @Test
    void aSubscriberThatStopsIsForgottenAndTheOthersGoOn() {
        TestProbe<PoolEvent> other = kit.createTestProbe();
        ActorRef<PoolEvent> stopping = kit.spawn(Behaviors.receiveMessage(event -> Behaviors.stopped()));
        EventBus bus = bus(new Remembering("a"));
        bus.subscribe(stopping);
        bus.subscribe(other.ref());

        bus.onTaskAdded(1);
        other.expectTerminated(stopping);
        bus.onTaskAdded(2);

        other.expectMessage(new PoolEvent.TaskAdded(1));
        other.expectMessage(new PoolEvent.TaskAdded(2));
        waitFor(bus);
        assertThat(events).containsExactly("a: task 1", "a: task 2");
    }

    private final class Remembering implements TaskMonitor {
        private final String name;

        Remembering(String name) {
            this.name = name;
        }

        @Override
        public void onWorkerAdded(int workerIndex, Object parameters) {
            events.add(name + ": worker " + workerIndex + " " + parameters);
        }

        @Override
        public void onTaskAdded(long taskId) {
            events.add(name + ": task " + taskId);
        }

        @Override
        public void onTaskAttachedToWorker(int workerIndex, long taskId) {
            events.add(name + ": " + taskId + " to " + workerIndex);
        }

        @Override
        public void onResultRetrievedFromWorker(int workerIndex, long taskId) {
            events.add(name + ": " + taskId + " from " + workerIndex);
        }

        @Override
        public void onEvent(PoolEvent event) {
            events.add(name + ": " + event);
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

    private static EventBus bus(TaskMonitor... monitors) {
        EventBus bus = new EventBus(List.of(monitors));
        start(bus);
        return bus;
    }

    private static void start(EventBus bus) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        kit.spawn(Behaviors.setup(context -> {
            bus.start(context);
            started.complete(null);
            return Behaviors.empty();
        }));
        started.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static boolean waitFor(EventBus bus) {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        bus.execute(() -> reached.complete(true));
        return reached.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
