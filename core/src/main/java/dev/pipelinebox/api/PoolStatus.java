package dev.pipelinebox.api;

/**
 * The counts of a master at one moment. Waiting and running tasks together are all added tasks without an outcome.
 *
 * @param waiting the tasks that do not run: they wait for a worker, back off before another attempt, or are held by a
 *     worker that runs another task
 * @param running the tasks that run, at most one for each worker
 * @param done how many tasks have returned a value since the start
 * @param failed how many tasks have ended otherwise since the start
 * @param cancelled how many tasks the caller has cancelled since the start
 * @param workersReady the workers that take tasks
 * @param workersStarting the workers that are being built, for the first time or as the replacement of a dead one
 */
public record PoolStatus(
        long waiting, long running, long done, long failed, long cancelled, int workersReady, int workersStarting) {}
