package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.os.Throwables;
import dev.pipelinebox.internal.task.OutcomeBatch;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Where the results of a run are read, by one thread at a time: it waits for them, or polls when a change is told. */
final class RunOutput<R extends @Nullable Object> {

    /** A batch is at most this part of the window, since its results count as unread until all of them are read. */
    private static final int BATCH_SHARE = 8;

    private final RunState state;
    private final OutcomeDecoder decoder;
    private final ProgressReporter progress;
    private final ReadBatch batch = new ReadBatch();
    private long total;

    RunOutput(RunState state, OutcomeDecoder decoder, List<ProgressListener> progress) {
        this.state = state;
        this.decoder = decoder;
        this.progress = new ProgressReporter(progress);
    }

    /** The listener is called by any thread, without a lock, when there may be a result, room or an end. */
    void onChange(Runnable listener) {
        state.onChange(listener);
    }

    /** From now on results are read in the order in which their tasks were added. */
    void readInOrder() {
        state.lock();
        try {
            releaseRead();
            batch.clear();
            state.readInOrder();
        } finally {
            state.unlock();
        }
    }

    /** Waits for the next result; {@code null} at the end of the run. */
    @Nullable
    TaskResult<R> next() {
        return next(Long.MAX_VALUE);
    }

    /** Waits for the next result, at most so many nanoseconds; {@code null} after that, or at the end of the run. */
    @Nullable
    TaskResult<R> next(long nanos) {
        if ((state.isClosed() || !batch.hasNext()) && !awaitBatch(nanos)) {
            return null;
        }
        long taskId = batch.nextId();
        OutcomeBatch outcomes = batch.next();
        if (!batch.hasNext()) {
            releaseRead();
        }
        return decode(taskId, outcomes);
    }

    /** The next result, if it has arrived. */
    @Nullable
    TaskResult<R> poll() {
        long taskId;
        OutcomeBatch outcomes;
        state.lock();
        try {
            if (!fill(1)) {
                return null;
            }
            taskId = batch.nextId();
            outcomes = batch.next();
            releaseRead();
        } finally {
            state.unlock();
        }
        return decode(taskId, outcomes);
    }

    /** Whether no more results will arrive. */
    boolean isOver() {
        return test(state::isOver);
    }

    /** Whether there is nothing more to read, neither a result nor a problem. */
    boolean hasEnded() {
        return test(state::hasEnded);
    }

    /** Whether results have arrived that are unread, even if their turn has not come. */
    boolean hasArrived() {
        return test(state::hasArrived);
    }

    /** What ended the run before its input ended; told after the results that have arrived. */
    @Nullable
    Throwable problem() {
        state.lock();
        try {
            return state.problem();
        } finally {
            state.unlock();
        }
    }

    /** Ends the run. Does nothing the second time. */
    void close() {
        state.close();
    }

    private boolean test(BooleanSupplier condition) {
        state.lock();
        try {
            return condition.getAsBoolean();
        } finally {
            state.unlock();
        }
    }

    /** Waits for results; {@code false} at the end of the run, or after so many nanoseconds. */
    private boolean awaitBatch(long nanos) {
        state.lock();
        try {
            long left = nanos;
            while (!fill(Math.max(1, (int) state.window() / BATCH_SHARE))) {
                Throwable problem = state.problem();
                if (problem != null && !state.isClosed()) {
                    close();
                    throw Throwables.rethrow(problem);
                }
                if (state.isOver()) {
                    state.unregister();
                    return false;
                }
                if (left <= 0) {
                    return false;
                }
                left = state.awaitResult(left);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallerInterruptedException(
                    "Interrupted while waiting for a result; the run goes on and may be read on or closed",
                    interrupted);
        } finally {
            state.unlock();
        }
    }

    /** Takes at most so many results; {@code false} if none has arrived. */
    private boolean fill(int most) {
        batch.clear();
        boolean isGiven = true;
        while (isGiven && batch.size() < most) {
            isGiven = state.giveNext(batch, most - batch.size());
        }
        total = state.total();
        return batch.hasNext();
    }

    /** Makes room for what was read. */
    private void releaseRead() {
        state.lock();
        try {
            batch.releaseRead(state::onRead);
            state.onRoom();
        } finally {
            state.unlock();
        }
    }

    private TaskResult<R> decode(long taskId, OutcomeBatch outcomes) {
        TaskResult<R> result = decoder.decode(taskId, outcomes);
        progress.onResult(total);
        return result;
    }
}
