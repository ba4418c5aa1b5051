package dev.pipelinebox;

import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.master.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The state of one run, between the thread that feeds it, the actor that brings outcomes and the thread that reads them:
 * all three meet under its lock. A task is <em>under way</em> from when it is taken in until its result is read.
 */
final class Run<R extends @Nullable Object> implements Caller {

    /** Tasks are handed in together once so many more are under way that no worker waits for them. */
    private static final int BATCH_SHARE = 8;

    private static final int LARGEST_BATCH = 128;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomCame = lock.newCondition();
    private final Condition resultCame = lock.newCondition();
    private final Pool pool;
    private final OutcomeReader reader;
    private final Window window;
    private final List<ProgressListener> progress;
    private final Set<Long> underWay = new LinkedHashSet<>();
    private final Deque<Finished> finished = new ArrayDeque<>();
    private final Map<Long, Outcome> early = new HashMap<>();
    private final List<byte @Nullable []> pending = new ArrayList<>();
    private @Nullable Throwable problem;
    private boolean fed = true;
    private boolean closed;
    private boolean ordered;
    private long expected = -1;
    private long taken;
    private long read;

    private record Finished(long taskId, Outcome outcome) {}

    Run(Pool pool, OutcomeReader reader, Window window, List<ProgressListener> progress) {
        this.pool = pool;
        this.reader = reader;
        this.window = window;
        this.progress = progress;
    }

    /** Takes in a task at once and returns its number; for tasks that are added one by one. */
    long add(byte @Nullable [] payload) {
        lock.lock();
        try {
            long taskId = pool.submit(Collections.singletonList(payload), this);
            underWay.add(taskId);
            taken++;
            return taskId;
        } finally {
            lock.unlock();
        }
    }

    /** More will come, so many if that is known and not negative. */
    void expect(long size) {
        lock.lock();
        try {
            fed = false;
            expected = size < 0 ? -1 : taken + size;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the window has room for another task; {@code false} if no more is wanted. */
    boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (isWanted() && !hasRoom()) {
                flush();
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
            taken++;
            if (unwritable == null) {
                window.onArgument(payload == null ? 0 : payload.length);
                pending.add(payload);
                if (pending.size() >= Math.min(LARGEST_BATCH, 1 + underWay.size() / BATCH_SHARE)) {
                    flush();
                }
            } else {
                flush();
                long taskId = pool.takeTaskId();
                underWay.add(taskId);
                finish(taskId, new Outcome.Refused(unwritable));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The input has come to its end. */
    void onFed() {
        lock.lock();
        try {
            flush();
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
            if (!closed && underWay.contains(taskId)) {
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
            Set<Long> lost = new LinkedHashSet<>(underWay);
            finished.forEach(result -> lost.remove(result.taskId()));
            lost.removeAll(early.keySet());
            lost.forEach(taskId -> finish(taskId, new Outcome.Refused(reason)));
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
            ordered = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next result; {@code null} at the end of the run. */
    @Nullable
    TaskResult<R> next() {
        Finished result;
        long done;
        long total;
        lock.lock();
        try {
            result = awaitResult();
            if (result == null) {
                pool.forget(this);
                return null;
            }
            underWay.remove(result.taskId());
            window.onDelivered(result.outcome().size());
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

    /** Ends the run; {@code true} the first time. */
    boolean close() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            pending.clear();
            finished.clear();
            early.clear();
            roomCame.signalAll();
            resultCame.signalAll();
        } finally {
            lock.unlock();
        }
        pool.cancel(this);
        pool.forget(this);
        return true;
    }

    private boolean isWanted() {
        return !closed && problem == null;
    }

    private boolean hasRoom() {
        return underWay.size() + pending.size() < window.limit(pool.workers());
    }

    private @Nullable Finished awaitResult() {
        while (true) {
            Finished result = closed ? null : poll();
            if (result != null) {
                return result;
            }
            if (problem != null && !closed) {
                close();
                throw asUnchecked(problem);
            }
            if (closed || (fed && underWay.isEmpty())) {
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

    private static RuntimeException asUnchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    private @Nullable Finished poll() {
        if (!ordered) {
            return finished.poll();
        }
        finished.forEach(result -> early.put(result.taskId(), result.outcome()));
        finished.clear();
        if (early.isEmpty()) {
            return null;
        }
        long next = underWay.iterator().next();
        Outcome outcome = early.remove(next);
        return outcome == null ? null : new Finished(next, outcome);
    }

    private void finish(long taskId, Outcome outcome) {
        finished.add(new Finished(taskId, outcome));
        int atWork = underWay.size() - finished.size() - early.size();
        if (atWork <= pending.size() * BATCH_SHARE) {
            flush();
        }
        resultCame.signal();
    }

    private void flush() {
        if (pending.isEmpty()) {
            return;
        }
        long first = pool.submit(pending, this);
        for (int i = 0; i < pending.size(); i++) {
            underWay.add(first + i);
        }
        pending.clear();
    }
}
