package dev.pipelinebox.master;

import dev.pipelinebox.protocol.Bootstrap;
import java.time.Duration;

/**
 * How a master treats its workers and tasks.
 *
 * @param maxAttempts how often a task may run if its workers die
 * @param initTimeout how long a worker may take from its launch to being ready
 * @param maxStartFailures after so many failed starts in a row a worker is given up
 * @param minBackoff the wait before a failed start is tried again; it doubles each time
 * @param maxBackoff the longest such wait
 * @param grace how long a worker that was asked to stop may take before its process is killed
 * @param forWorkers what every worker is told
 */
public record PoolSettings(
        int maxAttempts,
        Duration initTimeout,
        int maxStartFailures,
        Duration minBackoff,
        Duration maxBackoff,
        Duration grace,
        Bootstrap.Settings forWorkers) {

    Duration backoff(int failures) {
        Duration doubled = minBackoff.multipliedBy(1L << Math.min(failures - 1, 20));
        return doubled.compareTo(maxBackoff) < 0 ? doubled : maxBackoff;
    }
}
