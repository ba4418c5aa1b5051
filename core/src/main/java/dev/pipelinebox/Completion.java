package dev.pipelinebox;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where answers are handed over, so that what users do with them never runs on an actor's thread. Thread-safe. */
final class Completion implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Completion.class);

    /** Not the default of {@code CompletableFuture}, which on two processors starts a thread for each action. */
    private static final Executor COMMON = ForkJoinPool.getCommonPoolParallelism() > 0
            ? ForkJoinPool.commonPool()
            : action -> new Thread(action, "pipelinebox-completion").start();

    private final Executor executor;

    /** The user's executor, or the common pool. */
    Completion(@Nullable Executor given) {
        this.executor = given == null ? COMMON : given;
    }

    /** Runs it in any case: one that is refused, by an executor that was shut down, runs on the common pool. */
    @Override
    public void execute(Runnable action) {
        try {
            executor.execute(action);
        } catch (RejectedExecutionException refused) {
            LOG.warn("The completion executor takes nothing more; answers are handed over on the common pool", refused);
            COMMON.execute(action);
        }
    }
}
