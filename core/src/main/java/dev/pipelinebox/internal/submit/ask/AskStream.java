package dev.pipelinebox.internal.submit.ask;

import dev.pipelinebox.api.CallerInterruptedException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.os.Throwables;
import dev.pipelinebox.internal.submit.input.AdaptiveWindow;
import dev.pipelinebox.internal.submit.input.Input;
import dev.pipelinebox.internal.submit.input.InputPump;
import dev.pipelinebox.internal.submit.input.InputSink;
import dev.pipelinebox.internal.task.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks as a stream, in the order of their input, submitted ahead of the reader as far as the window allows. An ask counts
 * until it is both read and completed.
 */
public final class AskStream<A, R extends @Nullable Object> implements OutcomeListener, InputSink {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomAvailable = lock.newCondition();
    private final Condition askAvailable = lock.newCondition();
    private final Submitter submitter;
    private final Function<@Nullable Object, PendingAsk<R>> newAsk;
    private final AdaptiveWindow window;
    private final Input<A> input;
    private final Deque<StreamedAsk> unread = new ArrayDeque<>();
    private @Nullable Runnable cancelInput;
    private @Nullable Throwable problem;
    private boolean inputEnded;
    private boolean closed;
    private int counted;

    public AskStream(
            Submitter submitter,
            Function<@Nullable Object, PendingAsk<R>> newAsk,
            AdaptiveWindow window,
            Input<A> input) {
        this.submitter = submitter;
        this.newAsk = newAsk;
        this.window = window;
        this.input = input;
    }

    /** The stages of the asks; the input is read only when the stream is. */
    public Stream<CompletionStage<R>> stream() {
        return StreamSupport.<CompletionStage<R>>stream(new Reading(), false).onClose(this::close);
    }

    @Override
    public long room() {
        lock.lock();
        try {
            return isWanted() ? Math.max(0, window.limit(submitter.workers()) - counted) : 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (isWanted() && room() == 0) {
                roomAvailable.await();
            }
            return isWanted();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long take(Iterator<? extends @Nullable Object> arguments, int most) {
        Object argument = arguments.next();
        PendingAsk<R> ask = newAsk.apply(argument);
        StreamedAsk streamed = new StreamedAsk(ask);
        ask.onCompletion(streamed::onCompleted);
        ask.submit(argument);
        boolean isTooLate;
        lock.lock();
        try {
            isTooLate = closed;
            if (!isTooLate) {
                counted++;
                window.onArguments(1, ask.argumentSize());
                unread.add(streamed);
                askAvailable.signal();
            }
        } finally {
            lock.unlock();
        }
        if (isTooLate) {
            ask.cancel(true);
        }
        return room();
    }

    @Override
    public void onInputEnded() {
        end(null);
    }

    @Override
    public void onInputFailed(Throwable thrown) {
        end(thrown);
    }

    /** Each ask hears its own outcome. */
    @Override
    public void onOutcome(long taskId, Outcome outcome) {}

    @Override
    public void onMasterEnded(PipelineBoxException reason) {
        end(reason);
    }

    private void end(@Nullable Throwable thrown) {
        lock.lock();
        try {
            problem = inputEnded ? problem : thrown;
            inputEnded = true;
            askAvailable.signalAll();
            roomAvailable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isWanted() {
        return !closed && !inputEnded && submitter.isOpen();
    }

    /** Waits for the next ask; {@code null} at the end of the input. */
    private @Nullable StreamedAsk next() {
        lock.lock();
        try {
            if (cancelInput == null && !closed) {
                submitter.register(this);
                cancelInput = InputPump.start(this, input);
            }
            while (unread.isEmpty() && !inputEnded && !closed) {
                askAvailable.await();
            }
            if (unread.isEmpty() && (inputEnded || closed)) {
                submitter.unregister(this);
            }
            if (unread.isEmpty() && problem != null && !closed && cancelInput != null) {
                closed = true;
                cancelInput.run();
                throw Throwables.rethrow(problem);
            }
            return unread.poll();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallerInterruptedException(
                    "Interrupted while waiting for the input; it goes on and may be read on or closed", interrupted);
        } finally {
            lock.unlock();
        }
    }

    /** Asks that were read go on; those that were submitted ahead are cancelled. */
    private void close() {
        List<StreamedAsk> cancelled;
        Runnable atEnd;
        lock.lock();
        try {
            atEnd = cancelInput == null ? input.onEnd() : cancelInput;
            cancelInput = () -> {};
            closed = true;
            cancelled = new ArrayList<>(unread);
            unread.clear();
            roomAvailable.signalAll();
            askAvailable.signalAll();
        } finally {
            lock.unlock();
        }
        submitter.unregister(this);
        cancelled.forEach(ask -> ask.pending.cancel(true));
        atEnd.run();
    }

    /** An ask until it is both read and completed. */
    private final class StreamedAsk {

        private final PendingAsk<R> pending;
        private boolean isRead;
        private boolean isCompleted;

        StreamedAsk(PendingAsk<R> pending) {
            this.pending = pending;
        }

        void onRead() {
            lock.lock();
            try {
                isRead = true;
                releaseIfDone();
            } finally {
                lock.unlock();
            }
        }

        void onCompleted() {
            lock.lock();
            try {
                if (!isCompleted) {
                    isCompleted = true;
                    window.onResults(1, pending.resultSize());
                    releaseIfDone();
                }
            } finally {
                lock.unlock();
            }
        }

        private void releaseIfDone() {
            if (isRead && isCompleted) {
                counted--;
                window.onRead(1);
                roomAvailable.signal();
            }
        }
    }

    private final class Reading extends AbstractSpliterator<CompletionStage<R>> {

        Reading() {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        }

        @Override
        public boolean tryAdvance(Consumer<? super CompletionStage<R>> action) {
            StreamedAsk ask = next();
            if (ask == null) {
                return false;
            }
            ask.onRead();
            action.accept(ask.pending);
            return true;
        }
    }
}
