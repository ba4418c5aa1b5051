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
 * Questions in the order of their input, asked ahead of their reader as far as the window allows. One is <em>under
 * way</em> until it is both handed out and answered.
 */
public final class AskStream<A, R extends @Nullable Object> implements OutcomeListener, InputSink {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomCame = lock.newCondition();
    private final Condition stageCame = lock.newCondition();
    private final Submitter intake;
    private final Function<@Nullable Object, PendingAsk<R>> asks;
    private final AdaptiveWindow window;
    private final Input<A> input;
    private final Deque<Question> asked = new ArrayDeque<>();
    private @Nullable Runnable endInput;
    private @Nullable Throwable problem;
    private boolean fed;
    private boolean closed;
    private int underWay;

    public AskStream(
            Submitter intake, Function<@Nullable Object, PendingAsk<R>> asks, AdaptiveWindow window, Input<A> input) {
        this.intake = intake;
        this.asks = asks;
        this.window = window;
        this.input = input;
    }

    /** The questions; nothing is read before somebody reads them. */
    public Stream<CompletionStage<R>> stream() {
        return StreamSupport.<CompletionStage<R>>stream(new Reading(), false).onClose(this::close);
    }

    @Override
    public long room() {
        lock.lock();
        try {
            return isWanted() ? Math.max(0, window.limit(intake.workers()) - underWay) : 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (isWanted() && room() == 0) {
                roomCame.await();
            }
            return isWanted();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long take(Iterator<? extends @Nullable Object> arguments, int most) {
        Object argument = arguments.next();
        PendingAsk<R> ask = asks.apply(argument);
        Question question = new Question(ask);
        ask.onCompletion(question::onCompleted);
        ask.submit(argument);
        boolean tooLate;
        lock.lock();
        try {
            tooLate = closed;
            if (!tooLate) {
                underWay++;
                window.onArgument(ask.argumentSize());
                asked.add(question);
                stageCame.signal();
            }
        } finally {
            lock.unlock();
        }
        if (tooLate) {
            ask.cancel(true);
        }
        return room();
    }

    @Override
    public void onFed() {
        end(null);
    }

    @Override
    public void onInputFailed(Throwable thrown) {
        end(thrown);
    }

    /** Outcomes are the questions' own. */
    @Override
    public void onOutcome(long taskId, Outcome outcome) {}

    @Override
    public void onMasterGone(PipelineBoxException reason) {
        end(reason);
    }

    private void end(@Nullable Throwable thrown) {
        lock.lock();
        try {
            problem = fed ? problem : thrown;
            fed = true;
            stageCame.signalAll();
            roomCame.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isWanted() {
        return !closed && !fed && intake.isOpen();
    }

    /** Waits for the next question; {@code null} at the end of the input. */
    private @Nullable Question next() {
        lock.lock();
        try {
            if (endInput == null && !closed) {
                intake.register(this);
                endInput = InputPump.feed(this, input);
            }
            while (asked.isEmpty() && !fed && !closed) {
                stageCame.await();
            }
            if (asked.isEmpty() && (fed || closed)) {
                intake.forget(this);
            }
            if (asked.isEmpty() && problem != null && !closed && endInput != null) {
                closed = true;
                endInput.run();
                throw Throwables.rethrow(problem);
            }
            return asked.poll();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallerInterruptedException(
                    "Interrupted while waiting for the input; it goes on and may be read on or closed", interrupted);
        } finally {
            lock.unlock();
        }
    }

    /** What was handed out stays with whoever took it; what was asked ahead is taken back. */
    private void close() {
        List<Question> unread;
        Runnable atEnd;
        lock.lock();
        try {
            atEnd = endInput == null ? input.onEnd() : endInput;
            endInput = () -> {};
            closed = true;
            unread = new ArrayList<>(asked);
            asked.clear();
            roomCame.signalAll();
            stageCame.signalAll();
        } finally {
            lock.unlock();
        }
        intake.forget(this);
        unread.forEach(question -> question.ask.cancel(true));
        atEnd.run();
    }

    /** One that was asked, until it is both handed out and answered. */
    private final class Question {

        final PendingAsk<R> ask;
        private boolean isHandedOut;
        private boolean isCompleted;

        Question(PendingAsk<R> ask) {
            this.ask = ask;
        }

        void onHandedOut() {
            lock.lock();
            try {
                isHandedOut = true;
                endIfBoth();
            } finally {
                lock.unlock();
            }
        }

        void onCompleted() {
            lock.lock();
            try {
                if (!isCompleted) {
                    isCompleted = true;
                    window.onResult(ask.resultSize());
                    endIfBoth();
                }
            } finally {
                lock.unlock();
            }
        }

        private void endIfBoth() {
            if (isHandedOut && isCompleted) {
                underWay--;
                window.onRead();
                roomCame.signal();
            }
        }
    }

    /** The reader's end. */
    private final class Reading extends AbstractSpliterator<CompletionStage<R>> {

        Reading() {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        }

        @Override
        public boolean tryAdvance(Consumer<? super CompletionStage<R>> action) {
            Question question = next();
            if (question == null) {
                return false;
            }
            question.onHandedOut();
            action.accept(question.ask);
            return true;
        }
    }
}
