package dev.pipelinebox.spring;

import dev.pipelinebox.api.WorkerHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.SmartLifecycle;

/**
 * The masters' part in the start and the end of an application: their workers are ready before a web server accepts
 * requests, and they finish their tasks after it has answered them. Thread-safe.
 */
final class MasterLifecycle implements SmartLifecycle {

    /** Before that of the web server itself at the start, and after it at the end. */
    static final int PHASE = WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE - 2048;

    private final MasterFactory factory;
    private volatile boolean running;

    MasterLifecycle(MasterFactory factory) {
        this.factory = factory;
    }

    @Override
    public void start() {
        running = true;
        factory.masters().values().stream()
                .flatMap(started -> started.awaited().stream())
                .forEach(MasterLifecycle::await);
    }

    private static void await(WorkerHandle worker) {
        try {
            worker.ready().toCompletableFuture().join();
        } catch (CompletionException unready) {
            throw unready.getCause() instanceof RuntimeException cause ? cause : unready;
        }
    }

    @Override
    public void stop(Runnable callback) {
        CompletableFuture<?>[] drained = factory.masters().values().stream()
                .map(started -> started.master().drain().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletionStage<Void> allDrained = CompletableFuture.allOf(drained);
        allDrained.whenComplete((done, problem) -> {
            running = false;
            callback.run();
        });
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
