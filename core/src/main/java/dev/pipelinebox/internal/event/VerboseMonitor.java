package dev.pipelinebox.internal.event;

import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.TaskTimeoutException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells in words what the master and its workers do, a line an event. For one master at a time. */
public final class VerboseMonitor implements TaskMonitor {

    /** Not every task is heard of again that never ran, so the names that were told longest ago make room. */
    private static final int MOST_NAMES = 10_000;

    private final Supplier<PrintStream> out;
    private final Map<Long, String> names = new LinkedHashMap<>();

    /**
     * Tells it to a stream.
     *
     * @param out gives the stream, asked for each line
     */
    public VerboseMonitor(Supplier<PrintStream> out) {
        this.out = out;
    }

    @Override
    public void onWorkerAdded(int workerIndex, @Nullable Object parameters) {
        say("+ worker " + workerIndex + (parameters == null ? "" : " with " + parameters));
    }

    @Override
    public void onTaskAdded(long taskId) {
        say("+ task " + taskId);
    }

    @Override
    public void onTaskAttachedToWorker(int workerIndex, long taskId) {
        say(task(taskId) + " --> worker " + workerIndex);
    }

    @Override
    public void onResultRetrievedFromWorker(int workerIndex, long taskId) {
        say(task(taskId) + " <-- worker " + workerIndex);
        names.remove(taskId);
    }

    @Override
    public void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.WorkerStarted started) {
            say("worker " + started.workerIndex() + " runs as process " + started.pid());
        } else if (event instanceof PoolEvent.WorkerBecameReady ready) {
            say("worker " + ready.workerIndex() + " is ready after "
                    + ready.startup().toMillis() + " ms");
        } else if (event instanceof PoolEvent.WorkerStartFailed failed) {
            say((failed.givenUp() ? "given up: " : "tried again: ")
                    + failed.error().getMessage());
        } else if (event instanceof PoolEvent.WorkerExited exited) {
            say("worker " + exited.workerIndex() + ": process " + exited.exit().pid() + " "
                    + exited.exit().reason());
        } else if (event instanceof PoolEvent.WorkerWornOut worn) {
            say("worker " + worn.workerIndex() + " will be replaced: " + worn.reason());
        } else if (event instanceof PoolEvent.SpareBecameReady ready) {
            say("process " + ready.pid() + " is ready as a spare after "
                    + ready.startup().toMillis() + " ms");
        } else if (event instanceof PoolEvent.SpareLost lost) {
            say("a spare was lost: " + lost.reason());
        } else {
            tellOfTask(event);
        }
    }

    private void tellOfTask(PoolEvent event) {
        if (event instanceof PoolEvent.TaskNamed named) {
            remember(named);
            say("task " + named.taskId() + " is " + named.name());
        } else if (event instanceof PoolEvent.TaskProgressed progressed) {
            say(task(progressed.taskId()) + " is at " + Math.round(100 * progressed.fraction()) + " %"
                    + (progressed.note().isEmpty() ? "" : ": " + progressed.note()));
        } else if (event instanceof PoolEvent.TaskTimedOut timedOut) {
            say(task(timedOut.taskId()) + " has passed its " + timedOut.limit() + " limit");
            if (timedOut.limit() == TaskTimeoutException.Limit.QUEUE) {
                names.remove(timedOut.taskId());
            }
        } else if (event instanceof PoolEvent.TaskRetried retried) {
            say(task(retried.taskId()) + " failed on worker " + retried.workerIndex() + ", runs again in "
                    + retried.backoff().toMillis() + " ms");
        } else if (event instanceof PoolEvent.TaskRequeued requeued) {
            say(task(requeued.taskId()) + " back from worker " + requeued.workerIndex() + ", waits again");
        } else if (event instanceof PoolEvent.TaskAbandoned abandoned) {
            say(task(abandoned.taskId()) + " given up on worker " + abandoned.workerIndex());
            names.remove(abandoned.taskId());
        }
    }

    private void remember(PoolEvent.TaskNamed named) {
        names.put(named.taskId(), named.name());
        if (names.size() > MOST_NAMES) {
            names.remove(names.keySet().iterator().next());
        }
    }

    private String task(long taskId) {
        String name = names.get(taskId);
        return "task " + taskId + (name == null ? "" : " (" + name + ")");
    }

    private void say(String line) {
        out.get().println("[master] " + line);
    }
}
