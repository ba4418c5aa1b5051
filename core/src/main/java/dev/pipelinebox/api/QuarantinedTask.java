package dev.pipelinebox.api;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A task that was given up because it ended its workers' processes, by itself or by a time limit. Thread-safe.
 *
 * @param <R> the type of the value
 */
public interface QuarantinedTask<R extends @Nullable Object> {

    /**
     * The task id.
     *
     * @return the id with which it was given up
     */
    long taskId();

    /**
     * The reason why it was given up.
     *
     * @return a {@link WorkerLostException} or a {@link TaskTimeoutException}
     */
    PipelineBoxException error();

    /**
     * When it was given up.
     *
     * @return the time
     */
    Instant since();

    /**
     * Removes the task from the quarantine and runs it again, with the same argument and options, a new id and all
     * attempts. A task of a broadcast can then run on any worker.
     *
     * @return a stage like that of {@code ask}
     * @throws IllegalStateException if it is no longer in the quarantine: it was run again, or later tasks displaced it
     */
    CompletionStage<R> runAgain();
}
