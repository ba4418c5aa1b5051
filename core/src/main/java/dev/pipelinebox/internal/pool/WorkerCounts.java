package dev.pipelinebox.internal.pool;

/**
 * How many workers there are.
 *
 * @param ready those that take tasks
 * @param starting those that are built, or to be built, for a slot
 */
public record WorkerCounts(int ready, int starting) {}
