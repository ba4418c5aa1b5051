package dev.pipelinebox.internal.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.launch.WorkerStarter;
import dev.pipelinebox.internal.link.artery.MasterFrame;
import dev.pipelinebox.internal.link.artery.OversizedFrame;
import dev.pipelinebox.internal.link.artery.WorkerFrame;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.socket.SocketLoop;
import dev.pipelinebox.internal.link.socket.SocketServer;
import dev.pipelinebox.internal.link.socket.SocketWorkerLink;
import dev.pipelinebox.internal.pool.Specs;
import dev.pipelinebox.internal.task.Demand;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One worker's process; the test decides when it is launched, what it sends and when it ends, and the time and the ticks. */
class WorkerSessionTest {

    private static final Duration LAST_TRANSIT = Duration.ofMillis(25);

    private final ActorTestKit kit =
            ActorTestKit.create(ConfigFactory.parseString("akka.actor.testkit.typed.timefactor = 20")
                    .withFallback(ManualTime.config()));
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<MasterCommand> master = kit.createTestProbe();
    private final TestProbe<MasterFrame> worker = kit.createTestProbe();
    private final CompletableFuture<Bootstrap> bootstrap = new CompletableFuture<>();
    private final Immortal process = new Immortal();
    private long now;
    private final ActorRef<SessionCommand> session = kit.spawn(WorkerSession.create(
            master.ref(),
            Specs.spec(0, "any"),
            1,
            Engines.settings(),
            ProcessFactory.of(new OneProcess(bootstrap), Optional.empty(), Optional.empty())));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void aProcessThatIsKilledAndDoesNotEndIsGivenUp() {
        becomesReady();

        session.tell(new SessionCommand.Kill("it ran too long"));
        assertThat(worker.receiveMessage().body()).isEqualTo(new MasterToWorker.DumpThreads());
        passes(Duration.ofSeconds(2));
        passes(Terminator.KILL_TIMEOUT.plusSeconds(1));

        MasterCommand.Gone gone = master.expectMessageClass(MasterCommand.Gone.class);
        assertThat(process.killReasons).contains("it ran too long");
        assertThat(gone.startFailure()).isEmpty();
        assertThat(gone.exit()).hasValueSatisfying(exit -> {
            assertThat(exit.cause()).isEqualTo(WorkerExit.Cause.UNSEEN);
            assertThat(exit.reason()).contains("it ran too long", "its end was not seen");
        });
    }

    @Test
    void anOutcomeThatComesAfterAPauseRightBehindTheExitCounts() {
        becomesReady();
        process.exit.complete(new WorkerExit(7, 1, WorkerExit.Cause.EXIT_CALLED, "exited with code 1", "", "", ""));
        master.expectMessageClass(MasterCommand.Ending.class);

        time.timePasses(LAST_TRANSIT);
        master.expectNoMessage(Duration.ZERO);
        List<OutcomeEnvelope> outcomes = List.of(OutcomeEnvelope.of(1, 1, true, null));
        session.tell(
                new SessionCommand.Arrived(new WorkerFrame(3, 0, new WorkerToMaster.Done(outcomes, new Demand(1, 1)))));
        time.timePasses(LAST_TRANSIT);

        assertThat(master.expectMessageClass(MasterCommand.Finished.class).outcomes())
                .isEqualTo(outcomes);
        master.expectMessageClass(MasterCommand.Gone.class);
    }

    @Test
    void aTaskThatIsTooLargeForAFrameIsToldAndItsWorkerEnded() {
        becomesReady();
        MasterFrame tooLarge =
                new MasterFrame(1, 0, new MasterToWorker.Tasks(List.of(TaskEnvelope.of(5, 1, new byte[10]))));
        String recipient = worker.ref().path().toString();

        session.tell(new SessionCommand.Arrived(new OversizedFrame(tooLarge, "another worker", "oversized payload")));
        session.tell(new SessionCommand.Arrived(new OversizedFrame(tooLarge, recipient, "oversized payload")));

        MasterCommand.Undeliverable undeliverable = master.expectMessageClass(MasterCommand.Undeliverable.class);
        assertThat(undeliverable.taskIds()).containsExactly(5L);
        assertThat(undeliverable.error())
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("maximum-frame-size");
        await().until(() -> process.killReasons.equals(List.of("a message to it was too large to be sent")));
        master.expectNoMessage(Duration.ZERO);
    }

    @Test
    void itsTimesRunOutByTheTicksThatItIsToldAndNoTimerOfItsOwn() {
        master.expectMessage(new MasterCommand.Launched(1, 7, "local"));

        time.timePasses(Duration.ofDays(1));
        session.tell(new SessionCommand.Tick(0));
        session.tell(new SessionCommand.Tick(Duration.ofSeconds(119).toNanos()));
        session.tell(new SessionCommand.End(false));

        await().until(() -> !process.killReasons.isEmpty());
        assertThat(process.killReasons).containsExactly("it was stopped before it was ready");
    }

    @Test
    void aProcessThatIsNotReadyInTimeIsKilled() {
        master.expectMessage(new MasterCommand.Launched(1, 7, "local"));

        passes(Duration.ofMinutes(2));

        await().until(() -> !process.killReasons.isEmpty());
        assertThat(process.killReasons)
                .containsExactly("it was not ready within 120 s (pipelinebox.worker.init-timeout)");
    }

    @Test
    void theMasterIsToldOfAProcessThatTookItForGone() {
        becomesReady();

        process.exit.complete(new WorkerExit(
                7, Bootstrap.MASTER_LOST_EXIT, WorkerExit.Cause.EXIT_CALLED, "it lost its master", "", "", ""));

        master.expectMessage(new MasterCommand.MasterLost(1));
        master.expectMessage(new MasterCommand.Ending(1));
    }

    @Test
    void aProcessWhoseLinkEndsIsKilledUnlessItEndsItself() throws IOException {
        TestProbe<MasterCommand> told = kit.createTestProbe();
        CompletableFuture<Bootstrap> started = new CompletableFuture<>();
        try (SocketServer server = SocketServer.open().orElseThrow();
                SocketLoop loop = new SocketLoop("test-worker")) {
            ProcessFactory processes =
                    ProcessFactory.of(new OneProcess(started), Optional.of(server), Optional.empty());
            ActorRef<SessionCommand> one =
                    kit.spawn(WorkerSession.create(told.ref(), Specs.spec(0, "any"), 1, Engines.settings(), processes));
            SocketWorkerLink link = SocketWorkerLink.connect(
                    SocketServer.address(server.directory()),
                    1,
                    started.join().token().text(),
                    loop,
                    new Deaf());
            loop.execute(() -> link.send(new WorkerToMaster.Ready(new Demand(1, 1))));
            told.expectMessage(new MasterCommand.Launched(1, 7, "local"));
            told.expectMessageClass(MasterCommand.BecameReady.class);

            link.close();

            await().untilAsserted(() -> {
                passes(one, Duration.ofSeconds(3));
                assertThat(process.killReasons).contains("its connection to the master ended");
            });
            process.exit.complete(new WorkerExit(7, 137, WorkerExit.Cause.KILLED_BY_MASTER, "killed", "", "", ""));
            told.expectMessage(new MasterCommand.Ending(1));
            told.expectMessageClass(MasterCommand.Gone.class);
        }
    }

    private void passes(Duration awake) {
        passes(session, awake);
    }

    private void passes(ActorRef<SessionCommand> of, Duration awake) {
        of.tell(new SessionCommand.Tick(now));
        now += awake.toNanos();
        of.tell(new SessionCommand.Tick(now));
    }

    /** Does nothing with what it receives. */
    private static final class Deaf implements SocketWorkerLink.Listener {

        @Override
        public void onMessage(MasterToWorker message) {}

        @Override
        public Optional<TaskEnvelope> onUnreadable(TaskEnvelope task, PayloadException why) {
            return Optional.empty();
        }

        @Override
        public void onWritten() {}

        @Override
        public void onDisconnected() {}
    }

    private void becomesReady() {
        String token = bootstrap.join().token().text();
        master.expectMessage(new MasterCommand.Launched(1, 7, "local"));
        String address = ActorRefResolver.get(kit.system()).toSerializationFormat(worker.ref());
        session.tell(new SessionCommand.Arrived(new WorkerFrame(1, 0, new WorkerToMaster.Connected(token, address))));
        session.tell(new SessionCommand.Arrived(new WorkerFrame(2, 0, new WorkerToMaster.Ready(new Demand(1, 1)))));
        master.expectMessageClass(MasterCommand.BecameReady.class);
    }

    /** A process that nothing ends but the test. */
    private static final class Immortal implements WorkerProcess {
        private final List<String> killReasons = new CopyOnWriteArrayList<>();
        private final CompletableFuture<WorkerExit> exit = new CompletableFuture<>();

        @Override
        public long pid() {
            return 7;
        }

        @Override
        public CompletionStage<Void> onEnd() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<WorkerExit> onExit() {
            return exit;
        }

        @Override
        public void assign(int workerIndex) {}

        @Override
        public void kill(String reason) {
            killReasons.add(reason);
        }
    }

    /** Keeps what the process is told. */
    private final class OneProcess implements WorkerStarter {

        private final CompletableFuture<Bootstrap> told;

        OneProcess(CompletableFuture<Bootstrap> told) {
            this.told = told;
        }

        @Override
        public void check(WorkerOptions options) {}

        @Override
        public CompletionStage<WorkerProcess> start(Bootstrap next, WorkerOptions options) {
            told.complete(next);
            return CompletableFuture.completedFuture(process);
        }

        @Override
        public void killAll(String reason) {}

        @Override
        public void close() {}
    }
}
