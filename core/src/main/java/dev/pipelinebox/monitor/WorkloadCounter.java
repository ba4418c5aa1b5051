package dev.pipelinebox.monitor;

import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.internal.os.Terminal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tasks that each worker holds. Its {@link #toString()} draws one line for each worker, with its index and
 * load. Thread-safe; can be printed during a run.
 */
public final class WorkloadCounter implements TaskMonitor {

    private final boolean displayAtTop;
    private final Map<Integer, Integer> loads = new TreeMap<>();

    /** Draws at the top left of the terminal, or plainly if there is none. */
    public WorkloadCounter() {
        this(Terminal.isThere());
    }

    /**
     * Draws at the chosen position.
     *
     * @param displayAtTop whether each drawing starts at the top left of the terminal, over the last one
     */
    public WorkloadCounter(boolean displayAtTop) {
        this.displayAtTop = displayAtTop;
    }

    @Override
    public synchronized void onWorkerAdded(int workerIndex, @Nullable Object parameters) {
        loads.put(workerIndex, 0);
    }

    @Override
    public synchronized void onTaskAttachedToWorker(int workerIndex, long taskId) {
        loads.merge(workerIndex, 1, Integer::sum);
    }

    @Override
    public synchronized void onResultRetrievedFromWorker(int workerIndex, long taskId) {
        loads.merge(workerIndex, -1, Integer::sum);
    }

    @Override
    public synchronized void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.TaskRequeued requeued) {
            loads.merge(requeued.workerIndex(), -1, Integer::sum);
        } else if (event instanceof PoolEvent.TaskRetried retried) {
            loads.merge(retried.workerIndex(), -1, Integer::sum);
        } else if (event instanceof PoolEvent.TaskAbandoned abandoned) {
            loads.merge(abandoned.workerIndex(), -1, Integer::sum);
        }
    }

    /**
     * Draws the loads.
     *
     * @return one line for each worker: its index, a tab, its load
     */
    @Override
    public synchronized String toString() {
        String picture = loads.entrySet().stream()
                .map(load -> load.getKey() + ":\t" + load.getValue())
                .collect(Collectors.joining("\n"));
        return displayAtTop ? Terminal.atTopLeft(picture) : picture;
    }
}
