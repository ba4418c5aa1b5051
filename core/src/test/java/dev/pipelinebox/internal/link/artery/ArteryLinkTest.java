package dev.pipelinebox.internal.link.artery;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.WorkerLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.transfer.OutboundPayloads;
import dev.pipelinebox.internal.task.Demand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both ends of a link, each in an actor of its own. */
class ArteryLinkTest {

    private static final String TOKEN = "token";
    private static final byte[] FAILURE = {7};
    private static final Demand DEMAND = new Demand(1, 1);

    /** What an actor that has a link is told: what the transport brings, or what to do with the link. */
    private sealed interface Command<L> {}

    private record Arrived<L>(LinkEvent event) implements Command<L> {}

    private record Do<L>(Consumer<L> what) implements Command<L> {}

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<WorkerToMaster> atMaster = kit.createTestProbe();
    private final TestProbe<MasterToWorker> atWorker = kit.createTestProbe();
    private final TestProbe<Object> noticed = kit.createTestProbe();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whatIsSentBeforeTheWorkerConnectsArrivesBehindItInOrder() {
        ActorRef<Command<ArteryMasterLink>> master = master();
        tell(master, link -> link.send(new MasterToWorker.TakeSlot(1)));
        tell(master, link -> link.send(new MasterToWorker.Ping()));

        connect(worker(), master, TOKEN);

        atWorker.expectMessage(new MasterToWorker.TakeSlot(1));
        atWorker.expectMessage(new MasterToWorker.Ping());
        assertThat(atMaster.receiveMessage()).isInstanceOf(WorkerToMaster.Connected.class);
    }

    @Test
    void aProcessThatShowsAnotherTokenIsNotConnected() {
        ActorRef<Command<ArteryMasterLink>> master = master();

        connect(worker(), master, "another token");

        noticed.expectMessage("rejected");
        assertThat(is(master, WorkerLink::isOpen)).isFalse();
        atMaster.expectNoMessage(Duration.ZERO);
    }

    @Test
    void largePayloadsArriveWholeInBothDirections() {
        byte[] large = new byte[3 * OutboundPayloads.MESSAGE_BYTES + 5];
        large[large.length - 1] = 1;
        ActorRef<Command<ArteryMasterLink>> master = master();
        ActorRef<Command<ArteryWorkerLink>> worker = worker();
        connect(worker, master, TOKEN);
        atMaster.receiveMessage();

        tell(master, link -> link.send(new MasterToWorker.Tasks(List.of(TaskEnvelope.of(1, 1, large)))));
        MasterToWorker.Tasks tasks = atWorker.expectMessageClass(MasterToWorker.Tasks.class);
        OutcomeEnvelope outcome = OutcomeEnvelope.of(1, 1, true, large);
        tell(worker, link -> link.send(new WorkerToMaster.Done(List.of(outcome), DEMAND)));

        assertThat(tasks.batch())
                .singleElement()
                .satisfies(task -> assertThat(task.payload()).isEqualTo(large));
        assertThat(atMaster.expectMessageClass(WorkerToMaster.Done.class).outcomes())
                .singleElement()
                .satisfies(whole -> assertThat(whole.payload()).isEqualTo(large));
    }

    @Test
    void anArgumentThatCannotBeReadIsLeftOutAndTheOtherTasksArrive() {
        ActorRef<Command<ArteryMasterLink>> master = master();
        connect(worker(), master, TOKEN);

        tell(master, link -> link.send(new MasterToWorker.ArgumentPart(1, Integer.MAX_VALUE, new byte[9])));
        tell(
                master,
                link -> link.send(new MasterToWorker.Tasks(
                        List.of(TaskEnvelope.of(1, 1, new byte[1]), TaskEnvelope.of(2, 1, new byte[] {5})))));

        noticed.expectMessage(1L);
        assertThat(atWorker.expectMessageClass(MasterToWorker.Tasks.class).batch())
                .extracting(TaskEnvelope::firstId)
                .containsExactly(2L);
    }

    @Test
    void aResultThatCannotBeReadIsTheFailureOfItsTask() {
        ActorRef<Command<ArteryMasterLink>> master = master();
        ActorRef<Command<ArteryWorkerLink>> worker = worker();
        connect(worker, master, TOKEN);
        atMaster.receiveMessage();

        tell(worker, link -> link.send(new WorkerToMaster.ResultPart(1, 1, 100, new byte[9])));
        OutcomeEnvelope outcome = OutcomeEnvelope.of(1, 1, true, new byte[1]);
        tell(worker, link -> link.send(new WorkerToMaster.Done(List.of(outcome), DEMAND)));

        assertThat(atMaster.expectMessageClass(WorkerToMaster.Done.class).outcomes())
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.success()).isFalse();
                    assertThat(failed.payload()).isEqualTo(FAILURE);
                });
    }

    @Test
    void theWorkersEndIsIdleAsSoonAsItsLastMessageHasArrived() {
        ActorRef<Command<ArteryMasterLink>> master = master();
        ActorRef<Command<ArteryWorkerLink>> worker = worker();
        connect(worker, master, TOKEN);
        atMaster.receiveMessage();
        assertThat(is(worker, WorkerLink::isIdle)).isFalse();

        tell(worker, link -> link.send(new WorkerToMaster.Stopped()));
        atMaster.expectMessage(new WorkerToMaster.Stopped());

        noticed.awaitAssert(() -> assertThat(is(worker, WorkerLink::isIdle)).isTrue());
    }

    @Test
    void aTickDeliversTheNewsThatAllHasArrivedAndThenBothEndsAreQuiet() {
        ActorRef<Command<ArteryMasterLink>> master = master();
        ActorRef<Command<ArteryWorkerLink>> worker = worker();
        connect(worker, master, TOKEN);
        atMaster.receiveMessage();

        tell(master, WorkerLink::onTick);

        noticed.awaitAssert(() -> assertThat(is(worker, WorkerLink::isQuiet)).isTrue());
        assertThat(is(master, WorkerLink::isQuiet)).isTrue();
    }

    private void connect(
            ActorRef<Command<ArteryWorkerLink>> worker, ActorRef<Command<ArteryMasterLink>> master, String token) {
        String address = ask(master, ArteryLink::address);
        tell(worker, link -> link.connect(address, token));
    }

    private static <L> void tell(ActorRef<Command<L>> actor, Consumer<L> what) {
        actor.tell(new Do<>(what));
    }

    private <L> boolean is(ActorRef<Command<L>> actor, Predicate<L> state) {
        return ask(actor, state::test);
    }

    private <L, R> R ask(ActorRef<Command<L>> actor, Function<L, R> what) {
        TestProbe<R> answer = kit.createTestProbe();
        tell(actor, link -> answer.ref().tell(what.apply(link)));
        return answer.receiveMessage();
    }

    private ActorRef<Command<ArteryMasterLink>> master() {
        return actor(context -> new ArteryMasterLink(context, Arrived::new, TOKEN::equals, new TestMasterListener()));
    }

    private ActorRef<Command<ArteryWorkerLink>> worker() {
        return actor(context -> new ArteryWorkerLink(context, Arrived::new, new TestWorkerListener()));
    }

    private <L extends WorkerLink<?>> ActorRef<Command<L>> actor(Function<ActorContext<Command<L>>, L> open) {
        return kit.spawn(Behaviors.setup(context -> behavior(open.apply(context))));
    }

    private <L extends WorkerLink<?>> Behavior<Command<L>> behavior(L link) {
        return Behaviors.receiveMessage(command -> {
            if (command instanceof Do<L> toDo) {
                toDo.what().accept(link);
            } else if (command instanceof Arrived<L> arrived) {
                receive(link, arrived.event());
            }
            return Behaviors.same();
        });
    }

    private void receive(WorkerLink<?> link, LinkEvent event) {
        if (link instanceof ArteryWorkerLink worker) {
            worker.receive(event);
        } else if (!((ArteryMasterLink) link).receive(event)) {
            noticed.ref().tell("rejected");
        }
    }

    private final class TestMasterListener implements ArteryMasterLink.Listener {

        @Override
        public void onMessage(WorkerToMaster message) {
            atMaster.ref().tell(message);
        }

        @Override
        public Optional<OutcomeEnvelope> onUnreadable(OutcomeEnvelope outcome, PayloadException why) {
            return Optional.of(OutcomeEnvelope.failure(outcome.firstId(), outcome.attempt(), FAILURE));
        }

        @Override
        public void onUndeliverable(List<Long> taskIds, String explanation) {
            throw new AssertionError(explanation);
        }
    }

    private final class TestWorkerListener implements ArteryWorkerLink.Listener {

        @Override
        public void onMessage(MasterToWorker message) {
            atWorker.ref().tell(message);
        }

        @Override
        public Optional<TaskEnvelope> onUnreadable(TaskEnvelope task, PayloadException why) {
            noticed.ref().tell(task.firstId());
            return Optional.empty();
        }

        @Override
        public WorkerToMaster replaceUndeliverable(WorkerToMaster message, String explanation) {
            throw new AssertionError(explanation);
        }
    }
}
