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
 * Runs callbacks: it completes stages with the user's dependent actions, never on an actor's thread. A separate thread
 * submits them to a user's executor, since that may block. Thread-safe.
 */
public final class CallbackExecutor implements Executor {

    /** Not the default of {@code CompletableFuture}: that starts a thread for each action on two processors. */
    private static final Executor COMMON =
            Integer.getInteger("java.util.concurrent.ForkJoinPool.common.parallelism", 1) > 0
                    ? ForkJoinPool.commonPool()
                    : action -> new Thread(action, "pipelinebox-completion").start();

    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

    private static final long KEEP_ALIVE_SECONDS = 1;

    private final Executor target;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The user's executor, or the common pool. */
    public CallbackExecutor(@Nullable Executor given) {
        this.target = given == null ? COMMON : through(submissionThread(), given);
    }

    /** Never runs the callback on the calling thread and never blocks. The common pool runs what the user's executor rejects. */
    @Override
    public void execute(Runnable callback) {
        target.execute(() -> run(callback));
    }

    private Executor through(Executor thread, Executor given) {
        return action -> thread.execute(() -> submit(action, given));
    }

    /** A thread that ends when it is idle. */
    private static Executor submissionThread() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), action -> {
                    Thread thread = new Thread(action, "pipelinebox-callbacks");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private void submit(Runnable action, Executor given) {
        if (given instanceof ExecutorService service && service.isShutdown()) {
            COMMON.execute(action);
            return;
        }
        Submission submission = new Submission(action, Thread.currentThread());
        try {
            given.execute(submission);
        } catch (Throwable rejected) {
            if (warned.compareAndSet(false, true)) {
                LoggerFactory.getLogger(CallbackExecutor.class)
                        .warn("The completion executor rejects callbacks; the common pool runs them", rejected);
            }
            COMMON.execute(action);
        } finally {
            submission.isSubmitted = true;
        }
    }

    /** Whether this thread runs a callback, with the dependent actions. */
    static boolean isInCallback() {
        return DEPTH.get() > 0;
    }

    private static void run(Runnable callback) {
        int outer = DEPTH.get();
        DEPTH.set(outer + 1);
        try {
            callback.run();
        } finally {
            DEPTH.set(outer);
        }
    }

    /** Moves to the common pool if the executor runs it on the submitting thread. */
    private static final class Submission implements Runnable {

        private final Runnable action;
        private final Thread submitter;
        private volatile boolean isSubmitted;

        Submission(Runnable action, Thread submitter) {
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
