package dev.pipelinebox.internal.event;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Calls the monitors and subscribers, one event after the other, and runs the actions that follow an event. */
final class EventActor extends AbstractBehavior<EventActor.Command> {

    sealed interface Command {}

    /** A call to every monitor. */
    record Publish(Consumer<TaskMonitor> call) implements Command {}

    /** An action that runs after the calls before it. */
    record Then(Runnable action) implements Command {}

    /** A new subscriber. */
    record Subscribe(ActorRef<? super PoolEvent> subscriber) implements Command {}

    /** A subscriber that unsubscribes or has stopped. */
    record Unsubscribe(ActorRef<? super PoolEvent> subscriber) implements Command {}

    private final List<TaskMonitor> monitors;
    private final Runnable onUnsubscribed;
    private final Map<ActorRef<? super PoolEvent>, TaskMonitor> subscribers = new LinkedHashMap<>();
    private final Set<TaskMonitor> failed = Collections.newSetFromMap(new IdentityHashMap<>());

    private EventActor(ActorContext<Command> context, List<TaskMonitor> monitors, Runnable onUnsubscribed) {
        super(context);
        this.monitors = monitors;
        this.onUnsubscribed = onUnsubscribed;
    }

    /** The action runs for each subscription that ends or was a duplicate. */
    static Behavior<Command> create(List<TaskMonitor> monitors, Runnable onUnsubscribed) {
        return Behaviors.setup(context -> new EventActor(context, monitors, onUnsubscribed));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Publish.class, this::onPublish)
                .onMessage(Then.class, this::onThen)
                .onMessage(Subscribe.class, this::onSubscribe)
                .onMessage(Unsubscribe.class, this::onUnsubscribe)
                .build();
    }

    private Behavior<Command> onPublish(Publish publish) {
        call(monitors, publish.call());
        call(subscribers.values(), publish.call());
        return this;
    }

    private Behavior<Command> onThen(Then then) {
        then.action().run();
        return this;
    }

    private Behavior<Command> onSubscribe(Subscribe subscribe) {
        ActorRef<? super PoolEvent> subscriber = subscribe.subscriber();
        if (subscribers.putIfAbsent(subscriber, new SubscriberMonitor(subscriber)) == null) {
            getContext().watchWith(subscriber, new Unsubscribe(subscriber));
        } else {
            onUnsubscribed.run();
        }
        return this;
    }

    private Behavior<Command> onUnsubscribe(Unsubscribe unsubscribe) {
        if (subscribers.remove(unsubscribe.subscriber()) != null) {
            getContext().unwatch(unsubscribe.subscriber());
            onUnsubscribed.run();
        }
        return this;
    }

    private void call(Collection<TaskMonitor> called, Consumer<TaskMonitor> call) {
        for (TaskMonitor monitor : called) {
            try {
                call.accept(monitor);
            } catch (Throwable thrown) {
                if (failed.add(monitor)) {
                    getContext()
                            .getLog()
                            .error(
                                    "Monitor {} threw; the run goes on, and further errors of this monitor are not"
                                            + " logged",
                                    monitor.getClass().getName(),
                                    thrown);
                }
            }
        }
    }
}
