package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.internal.task.TaskPolicy;
import java.time.Duration;

/**
 * How a master treats tasks.
 *
 * @param task the policy of a task without options of its own
 * @param grace how long a task may go on after its interrupt before its process is killed
 * @param quarantine how many of the tasks that were given up are kept
 */
public record ScheduleSettings(TaskPolicy task, Duration grace, int quarantine) {}
