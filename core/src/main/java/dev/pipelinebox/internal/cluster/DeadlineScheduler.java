package dev.pipelinebox.internal.cluster;

import akka.actor.AbstractScheduler;
import akka.actor.Cancellable;
import akka.actor.Scheduler;
import akka.actor.SchedulerException;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.io.Closeable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/**
 * The timers of an actor system; {@code akka.conf} names it. Its thread wakes only when something is due. That of Akka's own
 * scheduler wakes with each of its ticks, which is most of what an idle process does. Thread-safe.
 */
final class DeadlineScheduler extends AbstractScheduler implements Closeable {

    /** How often a second something may run; to hand it to its thread takes part of a millisecond. */
    private static final double MAX_FREQUENCY = 1_000;

    private final LoggingAdapter log;
    private final ScheduledThreadPoolExecutor executor;
    private final Set<Timer> runOnClose = ConcurrentHashMap.newKeySet();

    /** Called by Akka. */
    @SuppressWarnings("UnusedVariable")
    DeadlineScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        this.log = log;
        executor = new ScheduledThreadPoolExecutor(1, threads);
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Runs something again and again until it throws, as it does when the actor to which it sends has ended.
     *
     * @throws IllegalStateException if the scheduler is closed
     */
    @Override
    @SuppressWarnings("deprecation") // Akka calls it for what runs at a fixed rate.
    public Cancellable schedule(
            FiniteDuration initialDelay, FiniteDuration interval, Runnable runnable, ExecutionContext where) {
        Repeated timer = new Repeated(runnable, where, initialDelay.toNanos(), interval.toNanos());
        timer.setNext();
        return timer;
    }

    /**
     * Runs something once.
     *
     * @throws IllegalStateException if the scheduler is closed
     */
    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable runnable, ExecutionContext where) {
        Timer timer = new Timer(runnable, where);
        if (runnable instanceof Scheduler.TaskRunOnClose) {
            runOnClose.add(timer);
        }
        timer.set(delay.toNanos());
        return timer;
    }

    @Override
    public double maxFrequency() {
        return MAX_FREQUENCY;
    }

    /**
     * What is due later does not run any more, but for what Akka releases resources with, which runs now. What runs already is
     * not interrupted.
     */
    @Override
    public void close() {
        executor.shutdown();
        runOnClose.forEach(Timer::runNow);
    }

    /** Runs something once, unless it is cancelled before. */
    private class Timer implements Cancellable, Runnable {

        final Runnable task;
        final ExecutionContext where;
        final AtomicBoolean hasEnded = new AtomicBoolean();
        private volatile boolean isCancelled;
        private volatile @Nullable Future<?> pending;

        Timer(Runnable task, ExecutionContext where) {
            this.task = task;
            this.where = where;
        }

        final void set(long nanos) {
            try {
                pending = executor.schedule(this, nanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException closed) {
                runOnClose.remove(this);
                // With this cause, as Akka expects it.
                String reason = "The actor system has ended, so nothing can be scheduled";
                throw new IllegalStateException(reason, new SchedulerException(reason));
            }
            if (isCancelled) {
                removePending();
            }
        }

        @Override
        public void run() {
            if (end()) {
                execute(task);
            }
        }

        final void execute(Runnable due) {
            try {
                where.execute(due);
            } catch (RuntimeException refused) {
                where.reportFailure(refused);
            }
        }

        final void runNow() {
            if (end()) {
                try {
                    task.run();
                } catch (RuntimeException failed) {
                    log.error(failed, "Something was not released when the actor system ended");
                }
            }
        }

        final boolean end() {
            runOnClose.remove(this);
            return hasEnded.compareAndSet(false, true);
        }

        @Override
        public final boolean cancel() {
            boolean cancels = end();
            if (cancels) {
                isCancelled = true;
                removePending();
            }
            return cancels;
        }

        @Override
        public final boolean isCancelled() {
            return isCancelled;
        }

        private void removePending() {
            Future<?> next = pending;
            if (next != null) {
                next.cancel(false);
            }
        }
    }

    /** Runs something at a fixed rate. What comes late is followed by the next at once. */
    private final class Repeated extends Timer {

        private final long interval;
        private long due;

        Repeated(Runnable task, ExecutionContext where, long initialDelay, long interval) {
            super(task, where);
            this.interval = interval;
            this.due = System.nanoTime() + initialDelay;
        }

        void setNext() {
            long delay = Math.max(0, due - System.nanoTime());
            due += interval;
            set(delay);
        }

        @Override
        public void run() {
            execute(this::runAndRepeat);
        }

        private void runAndRepeat() {
            if (hasEnded.get()) {
                return;
            }
            try {
                task.run();
                setNext();
            } catch (RuntimeException | Error last) {
                hasEnded.set(true);
                if (!(last instanceof SchedulerException || last.getCause() instanceof SchedulerException)) {
                    throw last;
                }
            }
        }
    }
}
