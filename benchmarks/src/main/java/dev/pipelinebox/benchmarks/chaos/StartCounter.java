package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskMonitor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the starts of workers and what became of the tasks of the dead. */
final class StartCounter implements TaskMonitor {

    private final AtomicInteger launched = new AtomicInteger();
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger requeued = new AtomicInteger();
    private volatile Duration longestStart = Duration.ZERO;

    @Override
    public void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.WorkerStarted) {
            launched.incrementAndGet();
        } else if (event instanceof PoolEvent.WorkerBecameReady became) {
            ready.incrementAndGet();
            if (became.startup().compareTo(longestStart) > 0) {
                longestStart = became.startup();
            }
        } else if (event instanceof PoolEvent.TaskRequeued) {
            requeued.incrementAndGet();
        }
    }

    int launched() {
        return launched.get();
    }

    int ready() {
        return ready.get();
    }

    int requeued() {
        return requeued.get();
    }

    Duration longestStart() {
        return longestStart;
    }
}
