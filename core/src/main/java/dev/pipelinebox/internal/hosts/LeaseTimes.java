package dev.pipelinebox.internal.hosts;

import java.time.Duration;

/**
 * Who may run tasks for how long without a word from the master. Host and worker count from sending a request that was
 * answered, the master from receiving the last one, which is later. So when the master gives the tasks of a host to
 * others, that host and its workers have ended.
 *
 * @param host how long a host runs its workers
 * @param worker how long a worker runs, also if its host does nothing about it
 * @param timeout after how long the master moves tasks
 */
public record LeaseTimes(Duration host, Duration worker, Duration timeout) {

    /**
     * Checks the order, on which all depends.
     *
     * @throws IllegalArgumentException if it is another one
     */
    public LeaseTimes {
        if (host.isNegative() || host.isZero() || host.compareTo(worker) >= 0 || worker.compareTo(timeout) >= 0) {
            throw new IllegalArgumentException("pipelinebox.cluster.host-lease (" + host
                    + ") must be over zero and under worker-lease (" + worker + "), and that under host-timeout ("
                    + timeout + "); otherwise a task could run twice at a time");
        }
    }

    /** Two thirds and four fifths of the timeout. */
    public static LeaseTimes of(Duration timeout) {
        return new LeaseTimes(
                timeout.multipliedBy(2).dividedBy(3), timeout.multipliedBy(4).dividedBy(5), timeout);
    }
}
