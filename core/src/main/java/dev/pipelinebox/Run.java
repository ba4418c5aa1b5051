package dev.pipelinebox;

import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.master.Outcome;
import dev.pipelinebox.master.TaskPolicy;
import dev.pipelinebox.master.TaskSink;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The state of one run, between the thread that feeds it, the actor that brings outcomes and the thread that reads them:
 * all three meet under its lock. A task is <em>under way</em> from when it is taken in until its result is read.
 */
final class Run<R extends @Nullable Object> implements Caller, TaskSink {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomCame = lock.newCondition();
    private final Condition resultCame = lock.newCondition();
    private final Pool pool;
    private final OutcomeReader reader;
    private final Window window;
    private final List<ProgressListener> progress;
    private final Arrivals arrivals = new Arrivals();
    private final Handover handover;
    private @Nullable Throwable problem;
    private boolean fed = true;
    private boolean closed;
    private long expected = -1;
    private long taken;
    private long read;

    Run(Pool pool, OutcomeReader reader, Window window, List<ProgressListener> progress) {
        this.pool = pool;
        this.reader = reader;
        this.window = window;
        this.progress = progress;
        this.handover = new Handover(pool, this, arrivals);
    }

    /** Takes in a task at once and returns its number; for tasks that are added one by one. */
    long add(byte @Nullable [] payload, TaskPolicy policy) {
        lock.lock();
        try {
            long taskId = handover.addNow(payload, policy);
            taken++;
            return taskId;
        } finally {
            lock.unlock();
        }
    }

    /** Takes in the same task for each worker at once. */
    void addForEachWorker(byte @Nullable [] payload) {
        lock.lock();
        try {
            taken += handover.addForEachWorker(payload);
        } finally {
            lock.unlock();
        }
    }

    /** More will come, so many if that is known and not negative, to be treated so. */
    void expect(long size, TaskPolicy policy) {
        lock.lock();
        try {
            fed = false;
            expected = size < 0 ? -1 : taken + size;
            handover.treat(policy);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the window has room for another task; {@code false} if no more is wanted. */
    boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (isWanted() && !hasRoom()) {
                handover.flush();
                roomCame.await();
            }
            return isWanted();
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether the window has room now and more is wanted. */
    boolean wantsNow() {
        lock.lock();
        try {
            return isWanted() && hasRoom();
        } finally {
            lock.unlock();
        }
    }

    /** Takes in a task. What cannot be written becomes that task's failure. */
    void take(@Nullable Object argument) {
        byte[] payload = null;
        PayloadException unwritable = null;
        try {
            payload = reader.codec().writeArgument(argument);
        } catch (PayloadException failed) {
            unwritable = failed;
        }
        lock.lock();
        try {
            if (!isWanted()) {
                return;
            }
            taken++;
            if (unwritable == null) {
                window.onArgument(payload == null ? 0 : payload.length);
                handover.add(payload);
            } else {
                handover.addUnwritable(unwritable);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The input has come to its end. */
    void onFed() {
        lock.lock();
        try {
            handover.flush();
            fed = true;
            resultCame.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The input threw: the run ends with that, as soon as what is finished has been read. */
    void onInputFailed(Throwable thrown) {
        lock.lock();
        try {
            problem = thrown;
            handover.clear();
            resultCame.signalAll();
        } finally {
            lock.unlock();
        }
        pool.cancel(this);
    }

    @Override
    public void onOutcome(long taskId, Outcome outcome) {
        lock.lock();
        try {
            if (!closed && problem == null) {
                finish(taskId, outcome);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onMasterGone(PipelineBoxException reason) {
        lock.lock();
        try {
            handover.clear();
            arrivals.missing().forEach(taskId -> finish(taskId, new Outcome.Refused(reason)));
            if (!fed && problem == null) {
                problem = reason;
            }
            resultCame.signalAll();
            roomCame.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** From now on results are read in the order in which their tasks were added. */
    void readInOrder() {
        lock.lock();
        try {
            arrivals.readInOrderOfAdding();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next result; {@code null} at the end of the run. */
    @Nullable
    TaskResult<R> next() {
        Arrivals.Arrival result;
        long done;
        long total;
        lock.lock();
        try {
            result = awaitResult();
            if (result == null) {
                pool.forget(this);
                return null;
            }
            window.onDelivered();
            if (fed && arrivals.underWay() == 0) {
                pool.forget(this);
            }
            done = ++read;
            total = Math.max(expected, taken);
            if (!fed && hasRoom()) {
                roomCame.signal();
            }
        } finally {
            lock.unlock();
        }
        TaskResult<R> readable = reader.read(result.taskId(), result.outcome());
        progress.forEach(listener -> listener.onProgress(done, total));
        return readable;
    }

    /** Ends the run. Does nothing the second time. */
    void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            handover.clear();
            arrivals.clear();
            roomCame.signalAll();
            resultCame.signalAll();
        } finally {
            lock.unlock();
        }
        pool.cancel(this);
        pool.forget(this);
    }

    private boolean isWanted() {
        return !closed && problem == null && pool.isOpen();
    }

    private boolean hasRoom() {
        return arrivals.underWay() + handover.size() < window.limit(pool.workers());
    }

    private Arrivals.@Nullable Arrival awaitResult() {
        while (true) {
            Arrivals.Arrival result = arrivals.poll();
            if (result != null) {
                return result;
            }
            if (problem != null && !closed) {
                close();
                throw Run.<RuntimeException>asUnchecked(problem);
            }
            if (closed || (fed && arrivals.underWay() == 0)) {
                return null;
            }
            try {
                resultCame.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CallerInterruptedException(
                        "Interrupted while waiting for a result; the run goes on and may be read on or closed",
                        interrupted);
            }
        }
    }

    /** As it is, even if the input threw a checked exception behind the compiler's back. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException asUnchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void finish(long taskId, Outcome outcome) {
        if (arrivals.arrived(taskId, outcome)) {
            window.onResult(outcome.size());
            handover.flushUnlessPlentyIsAtWork();
            resultCame.signal();
        }
    }
}
