package dev.pipelinebox.internal.client;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where answers are handed over, so that what users do with them never runs on an actor's thread. A user's executor, which
 * may block, is given them by a thread that does nothing else. Thread-safe.
 */
public final class CallbackExecutor implements Executor {

    /** Not the default of {@code CompletableFuture}, which on two processors starts a thread for each action. */
    private static final Executor COMMON =
            Integer.getInteger("java.util.concurrent.ForkJoinPool.common.parallelism", 1) > 0
                    ? ForkJoinPool.commonPool()
                    : action -> new Thread(action, "pipelinebox-completion").start();

    private static final ThreadLocal<Integer> HANDING_OVER = ThreadLocal.withInitial(() -> 0);

    private static final long KEEP_ALIVE_SECONDS = 1;

    private final Executor target;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The user's executor, or the common pool. */
    public CallbackExecutor(@Nullable Executor given) {
        this.target = given == null ? COMMON : through(oneThread(), given);
    }

    /**
     * Runs it in any case, and never on the calling thread, which never waits either: what the user's executor does not
     * take, the common pool does.
     */
    @Override
    public void execute(Runnable handOver) {
        target.execute(() -> run(handOver));
    }

    private Executor through(Executor thread, Executor given) {
        return action -> thread.execute(() -> give(action, given));
    }

    /** A thread that is there while there is something to do. */
    private static Executor oneThread() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), action -> {
                    Thread thread = new Thread(action, "pipelinebox-hand-over");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private void give(Runnable action, Executor given) {
        if (given instanceof ExecutorService service && service.isShutdown()) {
            COMMON.execute(action);
            return;
        }
        Hop hop = new Hop(action, Thread.currentThread());
        try {
            given.execute(hop);
        } catch (Throwable refused) {
            if (warned.compareAndSet(false, true)) {
                LoggerFactory.getLogger(CallbackExecutor.class)
                        .warn(
                                "The completion executor refuses work; such answers are handed over on the common pool",
                                refused);
            }
            COMMON.execute(action);
        } finally {
            hop.isSubmitted = true;
        }
    }

    /** Tells whether this thread hands an answer over now, with the actions that depend on it. */
    static boolean isHandingOver() {
        return HANDING_OVER.get() > 0;
    }

    private static void run(Runnable handOver) {
        int outer = HANDING_OVER.get();
        HANDING_OVER.set(outer + 1);
        try {
            handOver.run();
        } finally {
            HANDING_OVER.set(outer);
        }
    }

    /** Goes on to the common pool if it is run by the very thread that hands it in. */
    private static final class Hop implements Runnable {

        private final Runnable action;
        private final Thread submitter;
        private volatile boolean isSubmitted;

        Hop(Runnable action, Thread submitter) {
            this.action = action;
            this.submitter = submitter;
        }

        @Override
        public void run() {
            if (Thread.currentThread() == submitter && !isSubmitted) {
                COMMON.execute(action);
            } else {
                action.run();
            }
        }
    }
}
