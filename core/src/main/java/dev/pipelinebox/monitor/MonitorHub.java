package dev.pipelinebox.monitor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the master's actor tells its events: they reach all monitors in order, on a thread of their own. What is
 * {@linkplain #execute executed} here runs on the same thread, after the events that were told before. Thread-safe.
 */
public final class MonitorHub implements TaskMonitor, Executor {

    private final ActorRef<MonitorActor.Command> actor;

    private MonitorHub(ActorRef<MonitorActor.Command> actor) {
        this.actor = actor;
    }

    /**
     * Has the hub's actor watched: if it ever ends, nothing can be delivered any more.
     *
     * @param watch what watches an actor
     */
    public void watchedBy(Consumer<ActorRef<?>> watch) {
        watch.accept(actor);
    }

    /** Starts an actor; {@code ActorContext::spawn} and {@code ActorSystem::systemActorOf} do. */
    @FunctionalInterface
    public interface Spawner {

        /**
         * Starts an actor.
         *
         * @param behavior its behaviour
         * @param name its name
         * @param props where it runs
         * @param <T> the type of its messages
         * @return the actor
         */
        <T> ActorRef<T> spawn(Behavior<T> behavior, String name, Props props);
    }

    /**
     * Starts a hub.
     *
     * @param monitors who is told
     * @param spawner starts its actor
     * @return the hub
     */
    public static MonitorHub start(List<TaskMonitor> monitors, Spawner spawner) {
        return new MonitorHub(
                spawner.spawn(MonitorActor.create(List.copyOf(monitors)), "monitor", DispatcherSelector.blocking()));
    }

    @Override
    public void execute(Runnable action) {
        actor.tell(new MonitorActor.Then(action));
    }

    @Override
    public void onWorkerAdded(int workerIndex, @Nullable Object parameters) {
        actor.tell(new MonitorActor.Tell(monitor -> monitor.onWorkerAdded(workerIndex, parameters)));
    }

    @Override
    public void onTaskAdded(long taskId) {
        actor.tell(new MonitorActor.Tell(monitor -> monitor.onTaskAdded(taskId)));
    }

    @Override
    public void onTaskAttachedToWorker(int workerIndex, long taskId) {
        actor.tell(new MonitorActor.Tell(monitor -> monitor.onTaskAttachedToWorker(workerIndex, taskId)));
    }

    @Override
    public void onResultRetrievedFromWorker(int workerIndex, long taskId) {
        actor.tell(new MonitorActor.Tell(monitor -> monitor.onResultRetrievedFromWorker(workerIndex, taskId)));
    }

    @Override
    public void onEvent(PoolEvent event) {
        actor.tell(new MonitorActor.Tell(monitor -> monitor.onEvent(event)));
    }
}
