package dev.pipelinebox.internal.worker;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.artery.ArteryWorkerLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.time.Duration;
import java.util.Optional;

/** The mailbox of a {@link TaskExchange} that reaches its master by Artery. */
public final class WorkerActor extends AbstractBehavior<WorkerActor.Command> {

    sealed interface Command {}

    private record Arrived(LinkEvent event) implements Command {}

    private record Run(Runnable task) implements Command {}

    private final ArteryWorkerLink link;
    private final TaskExchange exchange;

    private WorkerActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Bootstrap bootstrap,
            TaskRunner runner,
            WorkerEnvironment environment) {
        super(context);
        this.link = new ArteryWorkerLink(context, Arrived::new, new LinkEvents());
        this.exchange = new TaskExchange(
                runner, new Mailbox(context.getSelf(), timers), link, new ClusterJoin(context, bootstrap, environment));
        link.connect(bootstrap.masterRef(), bootstrap.token().text());
        exchange.begin();
    }

    public static Behavior<Command> create(Bootstrap bootstrap, TaskRunner runner, WorkerEnvironment environment) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new WorkerActor(context, timers, bootstrap, runner, environment)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Arrived.class, this::onArrived)
                .onMessage(Run.class, this::onRun)
                .build();
    }

    private Behavior<Command> onArrived(Arrived arrived) {
        link.receive(arrived.event());
        exchange.afterArrival();
        return this;
    }

    private Behavior<Command> onRun(Run run) {
        run.task().run();
        return this;
    }

    private record Mailbox(ActorRef<Command> self, TimerScheduler<Command> timers) implements TaskExchange.Mailbox {

        @Override
        public void execute(Runnable task) {
            self.tell(new Run(task));
        }

        @Override
        public void schedule(Runnable task, Duration delay) {
            timers.startSingleTimer(Run.class, new Run(task), delay);
        }
    }

    /** Receives what has arrived by the link. */
    private final class LinkEvents implements ArteryWorkerLink.Listener {

        @Override
        public void onMessage(MasterToWorker message) {
            exchange.onMessage(message);
        }

        @Override
        public Optional<TaskEnvelope> onUnreadable(TaskEnvelope task, PayloadException why) {
            return exchange.onUnreadable(task, why);
        }

        @Override
        public WorkerToMaster replaceUndeliverable(WorkerToMaster message, String explanation) {
            return OversizedReplacement.of(message, explanation);
        }
    }
}
