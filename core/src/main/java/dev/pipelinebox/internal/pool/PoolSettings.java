package dev.pipelinebox.internal.pool;

import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.task.Backoff;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a master treats its workers and tasks.
 *
 * @param task how a task is treated that says nothing else
 * @param taskGrace how long a task may go on after it was interrupted before its process is killed
 * @param quarantine how many of the tasks that were given up are kept
 * @param initTimeout how long a worker may take from its launch to being ready
 * @param answerTimeout how long a worker's process may leave the master without an answer
 * @param maxStartFailures after so many failed starts in a row a worker is given up
 * @param minBackoff the wait before a failed start is tried again; it doubles each time
 * @param maxBackoff the longest such wait
 * @param spares how many warm spares there are for workers with the same parameters
 * @param grace how long a worker that was asked to stop may take before its process is killed
 * @param forWorkers what every worker is told
 */
public record PoolSettings(
        TaskPolicy task,
        Duration taskGrace,
        int quarantine,
        Duration initTimeout,
        Duration answerTimeout,
        int maxStartFailures,
        Duration minBackoff,
        Duration maxBackoff,
        int spares,
        Duration grace,
        Bootstrap.Settings forWorkers) {

    /**
     * The same with a folder for large payloads.
     *
     * @param folder where they are handed over in memory
     * @return a changed copy
     */
    public PoolSettings sharing(Path folder) {
        return new PoolSettings(
                task,
                taskGrace,
                quarantine,
                initTimeout,
                answerTimeout,
                maxStartFailures,
                minBackoff,
                maxBackoff,
                spares,
                grace,
                forWorkers.sharing(folder));
    }

    Duration backoff(int failures) {
        return Backoff.of(failures, minBackoff, maxBackoff);
    }
}
