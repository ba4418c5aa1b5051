package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.submit.input.AdaptiveWindow;
import dev.pipelinebox.internal.submit.input.EncodedArguments;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeBatch;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the input, the reader and the arriving outcomes of a run share. Its methods are called under its lock, except for
 * those that say otherwise.
 */
final class RunState {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomAvailable = lock.newCondition();
    private final Condition resultAvailable = lock.newCondition();
    private final Submitter submitter;
    private final OutcomeListener run;
    private final AdaptiveWindow window;
    private final ResultBuffer results = new ResultBuffer();
    private final SubmissionBatch submissions;
    private volatile Runnable changeListener = () -> {};
    private volatile boolean closed;
    private @Nullable Throwable problem;
    private boolean inputEnded = true;
    /** An argument came while the master was closing, so a result is missing at the end. */
    private boolean isIncomplete;
    /** Set when no worker is left for the rest of the input, so no more is taken in. */
    private @Nullable NoWorkerException noWorker;

    private long expected = -1;
    private long taken;

    RunState(Submitter submitter, OutcomeListener run, AdaptiveWindow window) {
        this.submitter = submitter;
        this.run = run;
        this.window = window;
        this.submissions = new SubmissionBatch(submitter, run, results);
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** The listener is called by any thread, without the lock, when there may be a result, room or an end. */
    void onChange(Runnable listener) {
        changeListener = listener;
    }

    /** Makes a change under the lock and tells the change listener. Called without the lock. */
    void change(Runnable update) {
        lock();
        try {
            update.run();
        } finally {
            unlock();
        }
        changeListener.run();
    }

    /** Submits a task at once; returns its id. */
    long submitNow(byte @Nullable [] payload, Submitter other) {
        taken++;
        return submissions.submitNow(payload, other);
    }

    /** Takes in tasks that the action submits; it returns their ids. */
    void addSubmitted(Supplier<List<Long>> submission) {
        List<Long> taskIds = submission.get();
        taskIds.forEach(taskId -> results.add(taskId, 1));
        taken += taskIds.size();
    }

    /** An input comes, of so many arguments unless that is negative. */
    void expect(long size) {
        inputEnded = false;
        expected = size < 0 ? -1 : taken + size;
    }

    boolean isWanted() {
        return isRunning() && noWorker == null && submitter.isOpen();
    }

    long room() {
        return isWanted() ? Math.max(0, window.limit(submitter.workers()) - results.unread() - submissions.size()) : 0;
    }

    void awaitRoom() throws InterruptedException {
        while (isWanted() && room() == 0) {
            submissions.flush();
            roomAvailable.await();
        }
    }

    void take(List<EncodedArguments> arguments) {
        if (!isWanted()) {
            isIncomplete |= !arguments.isEmpty() && isRunning();
            return;
        }
        for (EncodedArguments next : arguments) {
            taken += next.count();
            if (next instanceof EncodedArguments.Encoded encoded) {
                window.onArguments(encoded.count(), encoded.payloads().size());
            }
            submissions.add(next);
        }
    }

    void onInputEnded() {
        submissions.flush();
        inputEnded = true;
        resultAvailable.signalAll();
    }

    void onInputFailed(Throwable thrown) {
        problem = thrown;
        submissions.clear();
        resultAvailable.signalAll();
    }

    void onOutcomes(List<OutcomeBatch> outcomes) {
        if (isRunning()) {
            outcomes.forEach(this::onOutcomes);
            submissions.flushUnlessBusy();
            resultAvailable.signal();
            if (noWorker != null && results.inFlight() == 0) {
                problem = noWorker;
                resultAvailable.signalAll();
            }
        }
    }

    /** A result of so many bytes goes on to the next stage of a pipeline. */
    void onForwarded(int bytes) {
        window.onResults(1, bytes);
        submissions.flushUnlessBusy();
    }

    void onMasterEnded(PipelineBoxException reason) {
        submissions.clear();
        results.inFlightIds().forEach(taskId -> onOutcomes(new OutcomeBatch(taskId, new Outcome.Refused(reason))));
        if ((!inputEnded || isIncomplete) && problem == null) {
            problem = reason;
        }
        resultAvailable.signalAll();
        roomAvailable.signalAll();
    }

    void readInOrder() {
        results.readInOrder();
    }

    /**
     * Gives next results to read, at most so many, if they have arrived. They take room until they are
     * {@linkplain #onRead read}.
     */
    boolean giveNext(ReadBatch to, int most) {
        return results.giveNext(to, most);
    }

    /** Waits at most so many nanoseconds for results; returns how many are left. The caller loops, since it may wake early. */
    @SuppressWarnings("WaitNotInLoop")
    long awaitResult(long nanos) throws InterruptedException {
        if (nanos < Long.MAX_VALUE) {
            return resultAvailable.awaitNanos(nanos);
        }
        // Unlike a timed wait, this lets a fork-join pool compensate for the blocked thread.
        resultAvailable.await();
        return nanos;
    }

    void onRead(long firstId, int count) {
        results.onRead(firstId, count);
        window.onRead(count);
    }

    /** The reader has read what it took: its room is free. */
    void onRoom() {
        if (inputEnded && results.unread() == 0) {
            unregister();
        } else if (!inputEnded && room() > 0) {
            roomAvailable.signal();
        }
    }

    /** How many tasks may be taken in and unread now. */
    long window() {
        return window.limit(submitter.workers());
    }

    /** How many results there will be, as far as is known. */
    long total() {
        return Math.max(expected, taken);
    }

    /** Whether results have arrived that are unread, even if their turn has not come. */
    boolean hasArrived() {
        return results.unread() > results.inFlight();
    }

    /** Whether no more results will arrive. */
    boolean isOver() {
        return !isRunning() || isAllRead();
    }

    /** Whether there is nothing more to read, neither a result nor a problem. */
    boolean hasEnded() {
        return closed || (problem == null && isAllRead());
    }

    /** What ended the run before its input ended; told after the results that have arrived. */
    @Nullable
    Throwable problem() {
        return problem;
    }

    /** Needs no lock. */
    boolean isClosed() {
        return closed;
    }

    /** Ends the run. Does nothing the second time. Called with or without the lock. */
    void close() {
        boolean isCancelled;
        lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            isCancelled = results.inFlight() > 0;
            submissions.clear();
            results.clear();
            roomAvailable.signalAll();
            resultAvailable.signalAll();
        } finally {
            unlock();
        }
        if (isCancelled) {
            cancel();
        }
        unregister();
    }

    /** Needs no lock. */
    void cancel() {
        submitter.cancel(run);
    }

    /** Needs no lock. */
    void unregister() {
        submitter.unregister(run);
    }

    private boolean isRunning() {
        return !closed && problem == null;
    }

    private boolean isAllRead() {
        return inputEnded && results.unread() == 0;
    }

    private void onOutcomes(OutcomeBatch batch) {
        if (results.onOutcomes(batch)) {
            window.onResults(batch.count(), batch.outcome().size());
            if (!inputEnded) {
                NoWorkerPolicy.reason(batch.outcome()).ifPresent(this::onNoWorker);
            }
        }
    }

    private void onNoWorker(NoWorkerException reason) {
        noWorker = reason;
        submissions.clear();
        roomAvailable.signalAll();
    }
}
