package dev.pipelinebox.internal.task;

/**
 * What has become of a task.
 *
 * @param taskId its number
 * @param outcome how it ended
 */
public record TaskOutcome(long taskId, Outcome outcome) {}
