package dev.pipelinebox.monitor;

import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells in words what the master and its workers do, a line an event. */
public final class VerboseMonitor implements TaskMonitor {

    private final Supplier<PrintStream> out;

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
        say("task " + taskId + " --> worker " + workerIndex);
    }

    @Override
    public void onResultRetrievedFromWorker(int workerIndex, long taskId) {
        say("task " + taskId + " <-- worker " + workerIndex);
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
        if (event instanceof PoolEvent.TaskProgressed progressed) {
            say("task " + progressed.taskId() + " is at " + Math.round(100 * progressed.fraction()) + " %"
                    + (progressed.note().isEmpty() ? "" : ": " + progressed.note()));
        } else if (event instanceof PoolEvent.TaskTimedOut timedOut) {
            say("task " + timedOut.taskId() + " has passed its " + timedOut.limit() + " limit");
        } else if (event instanceof PoolEvent.TaskRetried retried) {
            say("task " + retried.taskId() + " failed on worker " + retried.workerIndex() + ", runs again in "
                    + retried.backoff().toMillis() + " ms");
        } else if (event instanceof PoolEvent.TaskRequeued requeued) {
            say("task " + requeued.taskId() + " back from worker " + requeued.workerIndex() + ", waits again");
        } else if (event instanceof PoolEvent.TaskAbandoned abandoned) {
            say("task " + abandoned.taskId() + " given up on worker " + abandoned.workerIndex());
        }
    }

    private void say(String line) {
        out.get().println("[master] " + line);
    }
}
