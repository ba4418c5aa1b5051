package dev.pipelinebox.monitor;

import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.internal.os.Terminal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tasks that each worker holds, the maximum of that, and the tasks done of those added. A task that was
 * given up or cancelled is never done. Its {@link #toString()} draws the counts. Thread-safe; can be printed during a
 * run.
 */
public final class WorkloadMaxCounter implements TaskMonitor {

    private record Load(int current, int maximum) {
        Load plus(int change) {
            return new Load(current + change, Math.max(maximum, current + change));
        }
    }

    private final boolean displayAtTop;
    private final Map<Integer, Load> loads = new TreeMap<>();
    private long added;
    private long retrieved;

    /** Draws at the top left of the terminal, or plainly if there is none. */
    public WorkloadMaxCounter() {
        this(Terminal.isThere());
    }

    /**
     * Draws at the chosen position.
     *
     * @param displayAtTop whether each drawing starts at the top left of the terminal, over the last one
     */
    public WorkloadMaxCounter(boolean displayAtTop) {
        this.displayAtTop = displayAtTop;
    }

    @Override
    public synchronized void onWorkerAdded(int workerIndex, @Nullable Object parameters) {
        loads.put(workerIndex, new Load(0, 0));
    }

    @Override
    public synchronized void onTaskAdded(long taskId) {
        added++;
    }

    @Override
    public synchronized void onTaskAttachedToWorker(int workerIndex, long taskId) {
        change(workerIndex, 1);
    }

    @Override
    public synchronized void onResultRetrievedFromWorker(int workerIndex, long taskId) {
        change(workerIndex, -1);
        retrieved++;
    }

    @Override
    public synchronized void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.TaskRequeued requeued) {
            change(requeued.workerIndex(), -1);
        } else if (event instanceof PoolEvent.TaskRetried retried) {
            change(retried.workerIndex(), -1);
        } else if (event instanceof PoolEvent.TaskAbandoned abandoned) {
            change(abandoned.workerIndex(), -1);
        }
    }

    /**
     * Draws the counts.
     *
     * @return {@code N of M}, then one line for each worker: its index, a tab, its load and, in parentheses, its
     *     maximum load
     */
    @Override
    public synchronized String toString() {
        String picture = retrieved + " of " + added + "\n"
                + loads.entrySet().stream()
                        .map(load -> load.getKey() + ":\t" + load.getValue().current() + " ("
                                + load.getValue().maximum() + ")")
                        .collect(Collectors.joining("\n"));
        return displayAtTop ? Terminal.atTopLeft(picture) : picture;
    }

    private void change(int workerIndex, int by) {
        loads.compute(workerIndex, (index, load) -> (load == null ? new Load(0, 0) : load).plus(by));
    }
}
