package dev.pipelinebox.internal.runtime;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.pipelinebox.actor.MasterMessage;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.client.AskAdmission;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.event.EventBus;
import dev.pipelinebox.internal.submit.ask.ActorAsk;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The actor behind {@code Master#ref()}: takes in what other actors say. It writes arguments and reads results, off the
 * thread of the master's actor, so it belongs on a dispatcher for what may take long.
 */
public final class EndpointActor<A extends @Nullable Object, R extends @Nullable Object>
        extends AbstractBehavior<Object> {

    /** The end; what came before is still dealt with. */
    enum Close {
        NOW
    }

    /** There is a result to be read. */
    private enum Read {
        NEXT
    }

    private final ActorRef<Object> self;
    private final Function<TaskOptions, Submitter> intakes;
    private final OutcomeDecoder reader;
    private final AskAdmission limit;
    private final EventBus hub;
    private final Runnable onEnd;
    private final Queue<Runnable> readings = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private EndpointActor(
            ActorContext<Object> context,
            Function<TaskOptions, Submitter> intakes,
            OutcomeDecoder reader,
            AskAdmission limit,
            EventBus hub,
            Runnable onEnd) {
        super(context);
        this.self = context.getSelf();
        this.intakes = intakes;
        this.reader = reader;
        this.limit = limit;
        this.hub = hub;
        this.onEnd = onEnd;
    }

    /** Takes {@link MasterMessage}s and {@link Close}; runs an action when it has ended, for whatever reason. */
    public static <A extends @Nullable Object, R extends @Nullable Object> Behavior<Object> create(
            Function<TaskOptions, Submitter> intakes,
            OutcomeDecoder reader,
            AskAdmission limit,
            EventBus hub,
            Runnable onEnd) {
        return Behaviors.setup(context -> new EndpointActor<A, R>(context, intakes, reader, limit, hub, onEnd));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessageUnchecked(MasterMessage.RunTask.class, this::onRunTask)
                .onMessage(Read.class, this::onRead)
                .onMessageUnchecked(MasterMessage.Subscribe.class, this::onSubscribe)
                .onMessageUnchecked(MasterMessage.Unsubscribe.class, this::onUnsubscribe)
                .onMessage(Close.class, close -> Behaviors.stopped())
                .onSignal(Terminated.class, hubIsGone -> Behaviors.stopped())
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<Object> onRunTask(MasterMessage.RunTask<A, R> run) {
        ActorAsk<R> reply =
                new ActorAsk<>(() -> intakes.apply(run.options()), reader, limit, this::read, run.replyTo());
        reply.submit(run.argument());
        return this;
    }

    /** Called by any thread; when this has ended, with whatever was in its mailbox, that thread has to do it. */
    private void read(Runnable reading) {
        readings.add(reading);
        if (ended) {
            readAll();
        } else {
            self.tell(Read.NEXT);
        }
    }

    private Behavior<Object> onRead(Read next) {
        readAll();
        return this;
    }

    private void readAll() {
        for (Runnable next = readings.poll(); next != null; next = readings.poll()) {
            next.run();
        }
    }

    private Behavior<Object> onSubscribe(MasterMessage.Subscribe<A, R> subscribe) {
        hub.start(getContext());
        hub.subscribe(subscribe.subscriber());
        return this;
    }

    private Behavior<Object> onUnsubscribe(MasterMessage.Unsubscribe<A, R> unsubscribe) {
        hub.unsubscribe(unsubscribe.subscriber());
        return this;
    }

    private Behavior<Object> onPostStop() {
        ended = true;
        readAll();
        onEnd.run();
        return this;
    }
}
