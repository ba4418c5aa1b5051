package dev.pipelinebox.worker;

import dev.pipelinebox.protocol.FailureReport;
import dev.pipelinebox.protocol.OutcomeEnvelope;
import dev.pipelinebox.protocol.PayloadCodec;
import dev.pipelinebox.protocol.TaskEnvelope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that this worker holds, between the actor that receives them and the thread that runs them; also the place
 * where a running task can be interrupted, and no other than the one that is meant. Thread-safe.
 */
final class TaskQueue {

    private final Map<Long, TaskEnvelope> waiting = new LinkedHashMap<>();
    private int workerIndex;
    private @Nullable RunningTask running;
    private @Nullable Thread runner;
    private boolean stopped;

    /** For the worker with this number. */
    TaskQueue(int workerIndex) {
        this.workerIndex = workerIndex;
    }

    /** From now on the worker has this number. */
    synchronized void assign(int index) {
        workerIndex = index;
    }

    synchronized void add(List<TaskEnvelope> tasks) {
        if (!stopped) {
            tasks.forEach(task -> waiting.put(task.taskId(), task));
            notifyAll();
        }
    }

    /** Waits for a task and marks it as running on this thread; {@code null} when the queue was stopped. */
    synchronized @Nullable RunningTask take() throws InterruptedException {
        while (waiting.isEmpty() && !stopped) {
            wait();
        }
        if (stopped) {
            return null;
        }
        Iterator<TaskEnvelope> first = waiting.values().iterator();
        running = new RunningTask(first.next(), workerIndex);
        runner = Thread.currentThread();
        first.remove();
        return running;
    }

    /** The task has ended; an interrupt that was meant for it must not reach the next one. */
    synchronized void finished() {
        running = null;
        Thread.interrupted();
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Gives back those of the tasks that have not been started. */
    synchronized List<Long> revoke(Collection<Long> taskIds) {
        return taskIds.stream().filter(id -> waiting.remove(id) != null).toList();
    }

    /** Drops or interrupts tasks; the outcomes of those dropped are returned. */
    synchronized List<OutcomeEnvelope> cancel(Collection<Long> taskIds) {
        List<OutcomeEnvelope> dropped = new ArrayList<>();
        for (long id : taskIds) {
            TaskEnvelope task = waiting.remove(id);
            if (task != null) {
                dropped.add(new OutcomeEnvelope(
                        id, task.attempt(), false, PayloadCodec.writeReport(FailureReport.dropped())));
            } else if (running != null && running.taskId() == id && !running.isCancelled()) {
                interrupt(running);
            }
        }
        return dropped;
    }

    /** The task that runs, if one does. */
    synchronized @Nullable RunningTask running() {
        return running;
    }

    /** Lets {@link #take} end, and gives back what has not been started. */
    synchronized List<Long> stop(boolean interrupt) {
        stopped = true;
        List<Long> unstarted = List.copyOf(waiting.keySet());
        waiting.clear();
        notifyAll();
        if (interrupt && running != null) {
            interrupt(running);
        }
        return unstarted;
    }

    private void interrupt(RunningTask task) {
        task.cancel();
        if (runner != null) {
            runner.interrupt();
        }
    }
}
