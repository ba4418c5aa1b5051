package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskResult;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The caller's view of a output. */
public final class RunResults<R extends @Nullable Object> implements Results<R> {

    private final RunOutput<R> output;
    private final Runnable cancelInput;
    private final Iterator<TaskResult<R>> reading = new Reading();
    private @Nullable TaskResult<R> next;

    public RunResults(Run<R> run, Runnable cancelInput) {
        this.output = run.output();
        this.cancelInput = cancelInput;
    }

    @Override
    public Iterator<TaskResult<R>> iterator() {
        return reading;
    }

    @Override
    public Optional<TaskResult<R>> poll(Duration timeout) {
        TaskResult<R> result = next == null ? output.next(TimeUnit.NANOSECONDS.convert(timeout)) : next;
        next = null;
        return Optional.ofNullable(result);
    }

    @Override
    public boolean hasEnded() {
        return next == null && output.hasEnded();
    }

    @Override
    public Stream<TaskResult<R>> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(reading, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(this::close);
    }

    @Override
    public Results<R> inOrder() {
        output.readInOrder();
        return this;
    }

    @Override
    public void close() {
        output.close();
        cancelInput.run();
    }

    private final class Reading implements Iterator<TaskResult<R>> {

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = output.next();
            }
            return next != null;
        }

        @Override
        public TaskResult<R> next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("All results of this run have been read");
            }
            TaskResult<R> result = next;
            next = null;
            return result;
        }
    }
}
