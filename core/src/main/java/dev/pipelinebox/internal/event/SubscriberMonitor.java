package dev.pipelinebox.internal.event;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import org.jspecify.annotations.Nullable;

/** Sends an actor the events that a monitor is called for. */
record SubscriberMonitor(ActorRef<? super PoolEvent> subscriber) implements TaskMonitor {

    @Override
    public void onWorkerAdded(int workerIndex, @Nullable Object parameters) {
        subscriber.tell(new PoolEvent.WorkerAdded(workerIndex, parameters));
    }

    @Override
    public void onTaskAdded(long taskId) {
        subscriber.tell(new PoolEvent.TaskAdded(taskId));
    }

    @Override
    public void onTaskAttachedToWorker(int workerIndex, long taskId) {
        subscriber.tell(new PoolEvent.TaskAttachedToWorker(workerIndex, taskId));
    }

    @Override
    public void onResultRetrievedFromWorker(int workerIndex, long taskId) {
        subscriber.tell(new PoolEvent.ResultRetrievedFromWorker(workerIndex, taskId));
    }

    @Override
    public void onEvent(PoolEvent event) {
        subscriber.tell(event);
    }
}
