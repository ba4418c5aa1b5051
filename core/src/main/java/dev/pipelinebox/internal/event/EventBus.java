package dev.pipelinebox.internal.event;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of the master's actor. They reach all monitors and subscribers in order, on a separate thread.
 * Actions that are {@linkplain #execute executed} here run on the same thread, after the events before them. Before the
 * first listener there is no such thread: events are dropped and actions run at once. Thread-safe.
 */
public final class EventBus implements TaskEvents, Executor {

    private final List<TaskMonitor> monitors;
    private final AtomicInteger listeners;
    private volatile @Nullable ActorRef<EventActor.Command> actor;

    /**
     * A bus that is not started.
     *
     * @param monitors the monitors from the beginning
     */
    public EventBus(List<TaskMonitor> monitors) {
        this.monitors = List.copyOf(monitors);
        this.listeners = new AtomicInteger(monitors.size());
    }

    /**
     * Whether there are monitors, for which it must be started before the first event.
     *
     * @return {@code true} if there is at least one
     */
    public boolean hasMonitors() {
        return !monitors.isEmpty();
    }

    /**
     * Starts its actor, unless it runs, as a child of another one, which watches it: without it nothing can be
     * delivered any more. Never called by two actors at the same time.
     *
     * @param parent the context of the calling actor
     */
    public void start(ActorContext<?> parent) {
        if (actor == null) {
            Behavior<EventActor.Command> behavior = EventActor.create(monitors, listeners::decrementAndGet);
            ActorRef<EventActor.Command> started = parent.spawn(behavior, "monitor", DispatcherSelector.blocking());
            parent.watch(started);
            actor = started;
        }
    }

    /**
     * Subscribes an actor to the events after this call. The bus must have been started.
     *
     * @param subscriber the actor; its subscription ends when it stops
     */
    public void subscribe(ActorRef<? super PoolEvent> subscriber) {
        post(new EventActor.Subscribe(subscriber));
        listeners.incrementAndGet();
    }

    /**
     * Ends the subscription of an actor.
     *
     * @param subscriber the actor
     */
    public void unsubscribe(ActorRef<? super PoolEvent> subscriber) {
        post(new EventActor.Unsubscribe(subscriber));
    }

    @Override
    public void execute(Runnable action) {
        ActorRef<EventActor.Command> to = actor;
        if (to == null) {
            action.run();
        } else {
            to.tell(new EventActor.Then(action));
        }
    }

    @Override
    public void onWorkerAdded(int workerIndex, @Nullable Object parameters) {
        if (areHeard()) {
            publish(monitor -> monitor.onWorkerAdded(workerIndex, parameters));
        }
    }

    @Override
    public void onTaskAdded(long taskId) {
        if (areHeard()) {
            publish(monitor -> monitor.onTaskAdded(taskId));
        }
    }

    @Override
    public void onTaskAttachedToWorker(int workerIndex, long taskId) {
        if (areHeard()) {
            publish(monitor -> monitor.onTaskAttachedToWorker(workerIndex, taskId));
        }
    }

    @Override
    public void onResultRetrievedFromWorker(int workerIndex, long taskId) {
        if (areHeard()) {
            publish(monitor -> monitor.onResultRetrievedFromWorker(workerIndex, taskId));
        }
    }

    @Override
    public void onEvent(PoolEvent event) {
        if (areHeard()) {
            publish(monitor -> monitor.onEvent(event));
        }
    }

    @Override
    public boolean areHeard() {
        return listeners.get() > 0;
    }

    private void publish(Consumer<TaskMonitor> call) {
        post(new EventActor.Publish(call));
    }

    private void post(EventActor.Command command) {
        ActorRef<EventActor.Command> to = actor;
        if (to != null) {
            to.tell(command);
        }
    }
}
