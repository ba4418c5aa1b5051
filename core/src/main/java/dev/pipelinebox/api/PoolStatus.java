package dev.pipelinebox.api;

/**
 * How a master stands at a moment. What waits and what runs is what is still open of all tasks that were added.
 *
 * @param waiting the tasks that do not run: they wait for a worker, or rest before another attempt, or are held in advance by
 *     a worker that runs another one
 * @param running the tasks that run, one a worker at most
 * @param done how many have returned a value since the start
 * @param failed how many have ended otherwise since the start
 * @param cancelled how many the caller has taken back since the start
 * @param workersReady the workers that take tasks
 * @param workersStarting the workers that are being built, for the first time or as the replacement of one that has died
 */
public record PoolStatus(
        long waiting, long running, long done, long failed, long cancelled, int workersReady, int workersStarting) {}
