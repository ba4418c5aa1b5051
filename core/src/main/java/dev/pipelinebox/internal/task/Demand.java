package dev.pipelinebox.internal.task;

/**
 * How much a worker can hold, the running task included. It is a level, not an increment: sending it twice changes
 * nothing.
 *
 * @param tasks at most so many tasks
 * @param bytes at most so many bytes of arguments, or a single task
 */
public record Demand(int tasks, long bytes) {}
