package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.submit.input.AdaptiveWindow;
import dev.pipelinebox.internal.submit.input.EncodedArgument;
import dev.pipelinebox.internal.submit.input.InputSink;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.TaskOutcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one run, between the thread that feeds it, the actor that brings outcomes and the thread that reads them:
 * all three meet under its lock. A task is <em>under way</em> from when it is taken in until its result is read.
 *
 * <p>Its two ends either wait, as a loop over {@code Results} does, or are told of changes and then ask what there is, as
 * a {@code Flow.Processor} does.
 */
public final class Run<R extends @Nullable Object> implements OutcomeListener, InputSink {

    /** A reader fetches no more at a time than this part of the window, since so much counts as under way meanwhile. */
    private static final int FETCHED_SHARE = 8;

    /** No more bytes are written before they are taken in, and counted by the window. */
    private static final int TAKEN_TOGETHER = 4 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomCame = lock.newCondition();
    private final Condition resultCame = lock.newCondition();
    private final Submitter intake;
    private final OutcomeDecoder reader;
    private final AdaptiveWindow window;
    private final ProgressReporter progress;
    private final ResultBuffer arrivals = new ResultBuffer();
    private final SubmissionBatch handover;
    private final ReadBatch fetched = new ReadBatch();
    private volatile Runnable listener = () -> {};
    private volatile Function<@Nullable Object, Submitter> ways;
    private @Nullable Throwable problem;
    private boolean fed = true;
    private volatile boolean closed;
    /** An argument came when the master was closing, so the results are not all. */
    private boolean dropped;
    /** Nobody is left to do what would still come, so no more is taken in. */
    private @Nullable PipelineBoxException stranded;

    private long expected = -1;
    private long taken;
    /** How many there are as far as the reader knows; the reader's own. */
    private long total;

    public Run(Submitter intake, OutcomeDecoder reader, AdaptiveWindow window, List<ProgressListener> progress) {
        this.intake = intake;
        this.reader = reader;
        this.window = window;
        this.progress = new ProgressReporter(progress);
        this.handover = new SubmissionBatch(intake, this, arrivals);
        this.ways = argument -> intake;
    }

    /** Has it told, on any thread and with no lock held, when there may be something to read, room, or an end. */
    void onChange(Runnable told) {
        listener = told;
    }

    /** Takes in a task at once and returns its number; for tasks that are added one by one. */
    public long add(byte @Nullable [] payload, Submitter here) {
        lock.lock();
        try {
            taken++;
            return handover.addNow(payload, here);
        } finally {
            lock.unlock();
        }
    }

    /** Takes in tasks that are handed in at once, and numbered, by this. */
    public void addAll(Supplier<List<Long>> handIn) {
        lock.lock();
        try {
            List<Long> taskIds = handIn.get();
            taskIds.forEach(arrivals::taken);
            taken += taskIds.size();
        } finally {
            lock.unlock();
        }
    }

    /** More will come, so many if that is known and not negative, each its own way in. */
    public void expect(long size, Function<@Nullable Object, Submitter> found) {
        lock.lock();
        try {
            fed = false;
            expected = size < 0 ? -1 : taken + size;
            ways = found;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (isWanted() && room() == 0) {
                handover.flush();
                roomCame.await();
            }
            return isWanted();
        } finally {
            lock.unlock();
        }
    }

    /** For how many more tasks the window has room now; none if no more is wanted. */
    @Override
    public long room() {
        lock.lock();
        try {
            return isWanted() ? Math.max(0, window.limit(intake.workers()) - arrivals.underWay() - handover.size()) : 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long take(Iterator<? extends @Nullable Object> arguments, int most) {
        List<EncodedArgument> some = new ArrayList<>(most);
        int bytes = 0;
        try {
            do {
                EncodedArgument next = write(arguments.next());
                bytes += next.size();
                some.add(next);
            } while (some.size() < most && bytes < TAKEN_TOGETHER && arguments.hasNext());
        } finally {
            take(some);
        }
        return room();
    }

    /** Takes in an argument. */
    void take(@Nullable Object argument) {
        take(List.of(write(argument)));
    }

    private EncodedArgument write(@Nullable Object argument) {
        return EncodedArgument.of(argument, ways.apply(argument), reader);
    }

    private void take(List<EncodedArgument> some) {
        lock.lock();
        try {
            if (!isWanted()) {
                dropped |= !some.isEmpty() && !closed && problem == null;
                return;
            }
            taken += some.size();
            for (EncodedArgument next : some) {
                if (next.problem() == null) {
                    window.onArgument(next.size());
                }
                handover.add(next);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onFed() {
        change(() -> {
            handover.flush();
            fed = true;
            resultCame.signalAll();
        });
    }

    /** The input threw: the run ends with that, as soon as what is finished has been read. */
    @Override
    public void onInputFailed(Throwable thrown) {
        change(() -> {
            problem = thrown;
            handover.clear();
            resultCame.signalAll();
        });
        intake.cancel(this);
    }

    @Override
    public void onOutcome(long taskId, Outcome outcome) {
        onOutcomes(List.of(new TaskOutcome(taskId, outcome)));
    }

    @Override
    public void onOutcomes(List<TaskOutcome> outcomes) {
        change(() -> {
            if (!closed && problem == null) {
                outcomes.forEach(this::finish);
                handover.flushUnlessPlentyIsAtWork();
                resultCame.signal();
                endIfStranded();
            }
        });
    }

    @Override
    public void onPassedOn(int bytes) {
        lock.lock();
        try {
            window.onResult(bytes);
            handover.flushUnlessPlentyIsAtWork();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onMasterGone(PipelineBoxException reason) {
        change(() -> {
            handover.clear();
            arrivals.missing().forEach(taskId -> finish(new TaskOutcome(taskId, new Outcome.Refused(reason))));
            if ((!fed || dropped) && problem == null) {
                problem = reason;
            }
            resultCame.signalAll();
            roomCame.signalAll();
        });
    }

    /** From now on results are read in the order in which their tasks were added. */
    void readInOrder() {
        lock.lock();
        try {
            tellRead();
            fetched.clear();
            arrivals.readInOrderOfAdding();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next result; {@code null} at the end of the run. */
    @Nullable
    TaskResult<R> next() {
        return next(Long.MAX_VALUE);
    }

    /** As {@link #next()}, but waits no longer than so many nanoseconds; {@code null} also if nothing has come by then. */
    @Nullable
    TaskResult<R> next(long patience) {
        if ((closed || !fetched.hasNext()) && !awaitResults(patience)) {
            return null;
        }
        TaskOutcome result = fetched.next();
        if (!fetched.hasNext()) {
            tellRead();
        }
        return handOut(result);
    }

    /** The next result, if it is there. */
    @Nullable
    TaskResult<R> poll() {
        TaskOutcome result;
        lock.lock();
        try {
            if (!fetch(1)) {
                return null;
            }
            result = fetched.next();
            tellRead();
        } finally {
            lock.unlock();
        }
        return handOut(result);
    }

    /** Tells whether no more results will come. */
    boolean isOver() {
        lock.lock();
        try {
            return closed || problem != null || (fed && arrivals.underWay() == 0);
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether all has been read, or nobody wants to read any more. */
    boolean hasEnded() {
        lock.lock();
        try {
            return closed || (problem == null && fed && arrivals.underWay() == 0);
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether there are results to be read, though perhaps not yet if they are read in order. */
    boolean hasArrived() {
        lock.lock();
        try {
            return arrivals.underWay() > arrivals.atWork();
        } finally {
            lock.unlock();
        }
    }

    /** What ended the run before its input came to its end, to be told after the results that are there. */
    @Nullable
    Throwable problem() {
        lock.lock();
        try {
            return problem;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the run. Does nothing the second time. */
    void close() {
        boolean isLeft;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            isLeft = arrivals.atWork() > 0;
            handover.clear();
            arrivals.clear();
            roomCame.signalAll();
            resultCame.signalAll();
        } finally {
            lock.unlock();
        }
        if (isLeft) {
            intake.cancel(this);
        }
        intake.forget(this);
    }

    private boolean isWanted() {
        return !closed && problem == null && stranded == null && intake.isOpen();
    }

    /** Waits for results and fetches them; {@code false} at the end of the run, or of so many nanoseconds. */
    private boolean awaitResults(long patience) {
        lock.lock();
        try {
            long left = patience;
            while (!fetch(Math.max(1, (int) window.limit(intake.workers()) / FETCHED_SHARE))) {
                if (problem != null && !closed) {
                    close();
                    throw Run.<RuntimeException>asUnchecked(problem);
                }
                if (isOver()) {
                    intake.forget(this);
                    return false;
                }
                if (left <= 0) {
                    return false;
                }
                if (patience < Long.MAX_VALUE) {
                    left = resultCame.awaitNanos(left);
                } else {
                    // Unlike the other, this lets a fork-join pool put another thread in the place of this one.
                    resultCame.await();
                }
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallerInterruptedException(
                    "Interrupted while waiting for a result; the run goes on and may be read on or closed",
                    interrupted);
        } finally {
            lock.unlock();
        }
    }

    /** Fetches at most so many results; tells whether there are any. */
    private boolean fetch(int most) {
        fetched.clear();
        TaskOutcome next = arrivals.fetch();
        while (next != null) {
            fetched.add(next);
            next = fetched.size() < most ? arrivals.fetch() : null;
        }
        total = Math.max(expected, taken);
        return fetched.hasNext();
    }

    /** What was read makes room. */
    private void tellRead() {
        lock.lock();
        try {
            fetched.tellRead(taskId -> {
                arrivals.read(taskId);
                window.onDelivered();
            });
            if (fed && arrivals.underWay() == 0) {
                intake.forget(this);
            } else if (!fed && room() > 0) {
                roomCame.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private TaskResult<R> handOut(TaskOutcome result) {
        TaskResult<R> readable = reader.read(result.taskId(), result.outcome());
        progress.onGiven(total);
        return readable;
    }

    private void change(Runnable update) {
        lock.lock();
        try {
            update.run();
        } finally {
            lock.unlock();
        }
        listener.run();
    }

    /** As it is, even if the input threw a checked exception behind the compiler's back. */
    @SuppressWarnings("unchecked")
    public static <T extends Throwable> RuntimeException asUnchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void finish(TaskOutcome ended) {
        if (arrivals.arrived(ended)) {
            window.onResult(ended.outcome().size());
            if (!fed) {
                NoWorkerPolicy.toldBy(ended.outcome()).ifPresent(this::strand);
            }
        }
    }

    private void strand(NoWorkerException reason) {
        stranded = reason;
        handover.clear();
        roomCame.signalAll();
    }

    private void endIfStranded() {
        if (stranded != null && arrivals.atWork() == 0) {
            problem = stranded;
            resultCame.signalAll();
        }
    }
}
