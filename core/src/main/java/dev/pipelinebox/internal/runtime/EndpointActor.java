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
 * The actor behind {@code Master#ref()}: takes the messages of other actors. It encodes arguments and decodes results, so
 * it runs on a dispatcher for blocking work and not on the thread of the master's actor.
 */
final class EndpointActor<A extends @Nullable Object, R extends @Nullable Object> extends AbstractBehavior<Object> {

    /** Ends the actor after the messages before it. */
    enum Close {
        NOW
    }

    /** Results wait to be decoded. */
    private enum Decode {
        NEXT
    }

    private final ActorRef<Object> self;
    private final Function<TaskOptions, Submitter> submitters;
    private final OutcomeDecoder decoder;
    private final AskAdmission admission;
    private final EventBus events;
    private final Runnable onEnd;
    private final Queue<Runnable> decodings = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private EndpointActor(
            ActorContext<Object> context,
            Function<TaskOptions, Submitter> submitters,
            OutcomeDecoder decoder,
            AskAdmission admission,
            EventBus events,
            Runnable onEnd) {
        super(context);
        this.self = context.getSelf();
        this.submitters = submitters;
        this.decoder = decoder;
        this.admission = admission;
        this.events = events;
        this.onEnd = onEnd;
    }

    /** Takes {@link MasterMessage}s and {@link Close}; runs the action when it has ended, for any reason. */
    static <A extends @Nullable Object, R extends @Nullable Object> Behavior<Object> create(
            Function<TaskOptions, Submitter> submitters,
            OutcomeDecoder decoder,
            AskAdmission admission,
            EventBus events,
            Runnable onEnd) {
        return Behaviors.setup(
                context -> new EndpointActor<A, R>(context, submitters, decoder, admission, events, onEnd));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessageUnchecked(MasterMessage.RunTask.class, this::onRunTask)
                .onMessage(Decode.class, this::onDecode)
                .onMessageUnchecked(MasterMessage.Subscribe.class, this::onSubscribe)
                .onMessageUnchecked(MasterMessage.Unsubscribe.class, this::onUnsubscribe)
                .onMessage(Close.class, close -> Behaviors.stopped())
                .onSignal(Terminated.class, eventsEnded -> Behaviors.stopped())
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<Object> onRunTask(MasterMessage.RunTask<A, R> run) {
        ActorAsk<R> ask =
                new ActorAsk<>(() -> submitters.apply(run.options()), decoder, admission, this::decode, run.replyTo());
        ask.submit(run.argument());
        return this;
    }

    /** Called by any thread. After the actor has ended that thread decodes, since the mailbox is gone. */
    private void decode(Runnable decoding) {
        decodings.add(decoding);
        if (ended) {
            decodeAll();
        } else {
            self.tell(Decode.NEXT);
        }
    }

    private Behavior<Object> onDecode(Decode next) {
        decodeAll();
        return this;
    }

    private void decodeAll() {
        for (Runnable next = decodings.poll(); next != null; next = decodings.poll()) {
            next.run();
        }
    }

    private Behavior<Object> onSubscribe(MasterMessage.Subscribe<A, R> subscribe) {
        events.start(getContext());
        events.subscribe(subscribe.subscriber());
        return this;
    }

    private Behavior<Object> onUnsubscribe(MasterMessage.Unsubscribe<A, R> unsubscribe) {
        events.unsubscribe(unsubscribe.subscriber());
        return this;
    }

    private Behavior<Object> onPostStop() {
        ended = true;
        decodeAll();
        onEnd.run();
        return this;
    }
}
