package dev.pipelinebox.internal.os;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Time limits of futures. The JDK's thread for them lives as long as the JVM, and keeps the class loader of a web application
 * that was undeployed; this one ends when it has nothing to do. Thread-safe.
 */
public final class TimeLimits {

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private TimeLimits() {}

    /** Completes it with this value unless it is complete by then. */
    public static <T> CompletableFuture<T> complete(CompletableFuture<T> future, @Nullable T value, Duration after) {
        return limited(future, () -> future.complete(value), after);
    }

    /** Completes it with a {@link TimeoutException} unless it is complete by then. */
    public static <T> CompletableFuture<T> fail(CompletableFuture<T> future, Duration after) {
        return limited(future, () -> future.completeExceptionally(new TimeoutException()), after);
    }

    private static <T> CompletableFuture<T> limited(CompletableFuture<T> future, Runnable end, Duration after) {
        ScheduledFuture<?> due = TIMER.schedule(end, after.toNanos(), TimeUnit.NANOSECONDS);
        return future.whenComplete((done, problem) -> due.cancel(false));
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "pipelinebox-time-limits");
            thread.setDaemon(true);
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }
}
