package dev.pipelinebox.internal.event;

import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.TaskTimeoutException;
import dev.pipelinebox.internal.task.ShownText;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prints the events of one master, one line each. */
public final class VerboseMonitor implements TaskMonitor {

    /** Tasks that never run may have no further event, so the oldest names are dropped. */
    private static final int MAX_NAMES = 10_000;

    private final Supplier<PrintStream> out;
    private final Map<Long, String> names = new LinkedHashMap<>();

    /** The stream is asked for before each line. */
    public VerboseMonitor(Supplier<PrintStream> out) {
        this.out = out;
    }

    @Override
    public void onWorkerAdded(int workerIndex, @Nullable Object parameters) {
        print("+ worker " + workerIndex + (parameters == null ? "" : " with " + ShownText.of(parameters.toString())));
    }

    @Override
    public void onTaskAdded(long taskId) {
        print("+ task " + taskId);
    }

    @Override
    public void onTaskAttachedToWorker(int workerIndex, long taskId) {
        print(task(taskId) + " --> worker " + workerIndex);
    }

    @Override
    public void onResultRetrievedFromWorker(int workerIndex, long taskId) {
        print(task(taskId) + " <-- worker " + workerIndex);
        names.remove(taskId);
    }

    @Override
    public void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.WorkerStarted started) {
            print("worker " + started.workerIndex() + " runs as process " + started.pid());
        } else if (event instanceof PoolEvent.WorkerBecameReady ready) {
            print("worker " + ready.workerIndex() + " is ready after "
                    + ready.startup().toMillis() + " ms");
        } else if (event instanceof PoolEvent.WorkerStartFailed failed) {
            print((failed.givenUp() ? "given up: " : "tried again: ")
                    + failed.error().getMessage());
        } else if (event instanceof PoolEvent.WorkerExited exited) {
            print("worker " + exited.workerIndex() + ": process "
                    + exited.exit().pid() + " " + exited.exit().reason());
        } else if (event instanceof PoolEvent.WorkerWornOut worn) {
            print("worker " + worn.workerIndex() + " will be replaced: " + worn.reason());
        } else if (event instanceof PoolEvent.SpareBecameReady ready) {
            print("process " + ready.pid() + " is ready as a spare after "
                    + ready.startup().toMillis() + " ms");
        } else if (event instanceof PoolEvent.SpareLost lost) {
            print("a spare was lost: " + lost.reason());
        } else {
            HostLines.of(event).ifPresentOrElse(this::print, () -> printTaskEvent(event));
        }
    }

    private void printTaskEvent(PoolEvent event) {
        if (event instanceof PoolEvent.TaskNamed named) {
            remember(named);
            print("task " + named.taskId() + " is " + names.get(named.taskId()));
        } else if (event instanceof PoolEvent.TaskProgressed progressed) {
            print(task(progressed.taskId()) + " is at " + Math.round(100 * progressed.fraction()) + " %"
                    + (progressed.note().isEmpty() ? "" : ": " + ShownText.of(progressed.note())));
        } else if (event instanceof PoolEvent.TaskTimedOut timedOut) {
            print(task(timedOut.taskId()) + " has passed its " + timedOut.limit() + " limit");
            if (timedOut.limit() == TaskTimeoutException.Limit.QUEUE) {
                names.remove(timedOut.taskId());
            }
        } else if (event instanceof PoolEvent.TaskRetried retried) {
            print(task(retried.taskId()) + " failed on worker " + retried.workerIndex() + ", runs again in "
                    + retried.backoff().toMillis() + " ms");
        } else if (event instanceof PoolEvent.TaskRequeued requeued) {
            print(task(requeued.taskId()) + " back from worker " + requeued.workerIndex() + ", waits again");
        } else if (event instanceof PoolEvent.TaskAbandoned abandoned) {
            print(task(abandoned.taskId()) + " given up on worker " + abandoned.workerIndex());
            names.remove(abandoned.taskId());
        }
    }

    private void remember(PoolEvent.TaskNamed named) {
        names.put(named.taskId(), ShownText.of(named.name()));
        if (names.size() > MAX_NAMES) {
            names.remove(names.keySet().iterator().next());
        }
    }

    private String task(long taskId) {
        String name = names.get(taskId);
        return "task " + taskId + (name == null ? "" : " (" + name + ")");
    }

    /** A text of several lines, such as the last output of a process, stays one of several lines. */
    private void print(String text) {
        text.lines().forEach(line -> out.get().println("[master] " + ShownText.of(line)));
    }
}
