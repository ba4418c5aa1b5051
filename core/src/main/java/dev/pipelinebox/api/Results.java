package dev.pipelinebox.api;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of one run, which stream back while the tasks run.
 *
 * <p>They come in the order of completion, or, by {@link #inOrder()}, in the order of adding. Each task of the run has
 * exactly one result. The input is submitted only as results are read: at most a window of tasks is in flight ({@code
 * pipelinebox.run.window}). So a caller that stops reading stops the workers.
 *
 * <p>A run is read <b>once</b> and by one thread at a time. Every iterator and stream of it continues where the others
 * stopped. It ends by itself when the last result has been read. A caller that stops earlier should {@linkplain
 * #close() close} it.
 *
 * @param <R> the type of the values
 */
public interface Results<R extends @Nullable Object> extends Iterable<TaskResult<R>>, AutoCloseable {

    /**
     * The results as an iterator. Its {@code hasNext} waits until a result is there or the run has ended, and throws
     *
     * <ul>
     *   <li>the exception of the input, if it threw: the tasks in flight are then cancelled;
     *   <li>{@link MasterClosedException}, if the master was closed before the whole input was submitted;
     *   <li>{@link NoWorkerException}, if the last worker was given up before that: no more input is submitted, and the
     *       results of the submitted part come first;
     *   <li>{@link CallerInterruptedException}, if the waiting thread is interrupted: its interrupt status stays set,
     *       nothing is lost, and reading can continue.
     * </ul>
     */
    @Override
    Iterator<TaskResult<R>> iterator();

    /**
     * The next result, if there is one within a time. For loops that also have other work.
     *
     * <pre>{@code
     * while (!results.hasEnded()) {
     *     results.poll(Duration.ofSeconds(1)).ifPresentOrElse(this::use, this::tellThatNothingCame);
     * }
     * }</pre>
     *
     * @param patience the longest wait; no wait if it is not over zero
     * @return the result; empty if none has come in this time, and at once if the run {@linkplain #hasEnded has ended}.
     *     It throws the exceptions of the {@linkplain #iterator iterator}'s {@code hasNext}
     */
    Optional<TaskResult<R>> poll(Duration patience);

    /**
     * Whether no more results can come: all have been read, or the run was closed. Does not wait.
     *
     * @return {@code true} from then on; {@code false} also if the next read would throw
     */
    boolean hasEnded();

    /**
     * The results as a sequential stream. Closing the stream closes this run.
     *
     * @return a stream over the results that have not been read yet
     */
    Stream<TaskResult<R>> stream();

    /**
     * The same run, read in the order in which its tasks were added. Early results wait for their turn. They count
     * towards the window, so memory stays bounded.
     *
     * @return a view of this run; closing one closes both
     */
    Results<R> inOrder();

    /**
     * Ends the run: waiting tasks are dropped, running tasks are interrupted, and the input is closed if it is a
     * stream. Does nothing if the run has ended. Can be called from any thread.
     */
    @Override
    void close();
}
