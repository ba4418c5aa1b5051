package dev.pipelinebox.api;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A task that was given up because it ended its workers' processes, by itself or by a limit of time. Thread-safe.
 *
 * @param <R> the type of the value
 */
public interface QuarantinedTask<R extends @Nullable Object> {

    /**
     * The task's number.
     *
     * @return the id under which it was given up
     */
    long taskId();

    /**
     * Why it was given up.
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
     * Takes the task out of the quarantine and runs it again: the same argument and options, a new number, all attempts.
     * One of a broadcast may run on any worker then.
     *
     * @return a stage as that of {@code ask}
     * @throws IllegalStateException if it is not in the quarantine any more: it was run again, or later ones took its
     *     place
     */
    CompletionStage<R> runAgain();
}
