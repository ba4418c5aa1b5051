package dev.pipelinebox.api;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of one run, streaming back while the tasks are at work.
 *
 * <p>They come in the order of completion, or, by {@link #inOrder()}, in the order of adding. Each task of the run has
 * exactly one result. The input is taken in only as results are read: at most a window of tasks is under way
 * ({@code pipelinebox.run.window}), so a caller that stops reading stops the workers.
 *
 * <p>A run is read <b>once</b> and by one thread at a time; every iterator and stream obtained from it goes on where
 * the others stopped. It ends by itself when the last result has been read; a caller that stops earlier should
 * {@linkplain #close() close} it.
 *
 * @param <R> the type of the values
 */
public interface Results<R extends @Nullable Object> extends Iterable<TaskResult<R>>, AutoCloseable {

    /**
     * The results as an iterator. Its {@code hasNext} waits until a result is there or the run has ended, and throws
     *
     * <ul>
     *   <li>what the input threw, if it threw: the tasks under way are then cancelled;
     *   <li>{@link MasterClosedException}, if the master was closed before the whole input was taken in;
     *   <li>{@link NoWorkerException}, if the last worker was given up before: no more is taken in, and what was is told of
     *       first;
     *   <li>{@link CallerInterruptedException}, if the waiting thread is interrupted: its interrupt status stays set,
     *       nothing is lost, and reading may go on.
     * </ul>
     */
    @Override
    Iterator<TaskResult<R>> iterator();

    /**
     * The next result, if there is one within a time; for loops that have something else to do meanwhile.
     *
     * <pre>{@code
     * while (!results.hasEnded()) {
     *     results.poll(Duration.ofSeconds(1)).ifPresentOrElse(this::use, this::tellThatNothingCame);
     * }
     * }</pre>
     *
     * @param patience how long to wait at most; not at all if it is not over zero
     * @return the result; empty if none has come by then, and at once if the run {@linkplain #hasEnded has ended}. It throws
     *     what the {@linkplain #iterator iterator}'s {@code hasNext} throws
     */
    Optional<TaskResult<R>> poll(Duration patience);

    /**
     * Tells whether nothing more is to come: all results have been read, or the run was closed. Does not wait.
     *
     * @return {@code true} from then on; {@code false} also if reading on would throw
     */
    boolean hasEnded();

    /**
     * The results as a sequential stream. Closing the stream closes this run.
     *
     * @return a stream over what has not been read yet
     */
    Stream<TaskResult<R>> stream();

    /**
     * The same run, read in the order in which its tasks were added. Results that are finished early wait for their
     * turn; they count towards the window, so memory stays bounded.
     *
     * @return a view of this run; closing either closes both
     */
    Results<R> inOrder();

    /**
     * Ends the run: tasks that wait are dropped, tasks that run are interrupted, the input is closed if it is a stream.
     * Does nothing if the run has ended. May be called from any thread.
     */
    @Override
    void close();
}
