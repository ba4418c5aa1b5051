package dev.pipelinebox.internal.worker.inprocess;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.launch.WorkerStarter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Starts workers inside the application's process, so that they can be debugged together with it. They exchange messages
 * with the master as processes do, over loopback and in bytes. Thread-safe.
 */
public final class InProcessStarter implements WorkerStarter {

    /** How long workers that are killed may take to end. */
    private static final Duration LONGEST_END = Duration.ofSeconds(3);

    private final ClassLoader loader;
    private final Set<InProcessWorker> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService launching = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "pipelinebox-launcher");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closed;

    /**
     * Workers of one class.
     *
     * @param loader the loader of the user's class
     */
    public InProcessStarter(ClassLoader loader) {
        this.loader = loader;
    }

    /** All options concern processes; they are ignored. */
    @Override
    public void check(WorkerOptions options) {}

    /** Off the master's thread: an actor system takes some hundred milliseconds to start. */
    @Override
    public CompletionStage<WorkerProcess> start(Bootstrap bootstrap, WorkerOptions options) {
        return CompletableFuture.supplyAsync(() -> start(bootstrap), launching);
    }

    @Override
    public void killAll(String reason) {
        running.forEach(worker -> worker.kill(reason));
        long deadline = System.nanoTime() + LONGEST_END.toNanos();
        boolean interrupted = Thread.interrupted();
        for (InProcessWorker worker : running) {
            try {
                if (!worker.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()))) {
                    LoggerFactory.getLogger(InProcessStarter.class)
                            .warn("The thread of a worker in this process goes on although it was interrupted");
                }
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        running.removeIf(InProcessWorker::isGone);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        launching.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            launching.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        killAll("the master was closed");
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private WorkerProcess start(Bootstrap bootstrap) {
        if (closed) {
            throw new WorkerStartException("The master is closed");
        }
        running.removeIf(InProcessWorker::isGone);
        InProcessWorker worker = InProcessWorker.start(bootstrap, loader);
        running.add(worker);
        return worker;
    }
}
