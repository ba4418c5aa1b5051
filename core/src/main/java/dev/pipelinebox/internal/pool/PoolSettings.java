package dev.pipelinebox.internal.pool;

import dev.pipelinebox.internal.task.Backoff;
import java.time.Duration;

/**
 * How a master treats the processes of its workers.
 *
 * @param initTimeout how long a worker may take from its launch to being ready
 * @param answerTimeout how long a worker's process may leave the master without an answer
 * @param restart what follows a failed start
 * @param spares how many spares there are for workers with the same parameters
 * @param grace how long a worker that was asked to stop may take before its process is killed
 */
public record PoolSettings(Duration initTimeout, Duration answerTimeout, Restart restart, int spares, Duration grace) {

    /**
     * What follows a failed start.
     *
     * @param maxFailures after this many in a row a worker is given up
     * @param minBackoff the wait before the next start; it doubles each time
     * @param maxBackoff the longest such wait
     */
    public record Restart(int maxFailures, Duration minBackoff, Duration maxBackoff) {

        Duration backoff(int failures) {
            return Backoff.of(failures, minBackoff, maxBackoff);
        }
    }
}
