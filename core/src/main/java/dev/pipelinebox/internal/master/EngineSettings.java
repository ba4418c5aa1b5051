package dev.pipelinebox.internal.master;

import dev.pipelinebox.internal.bootstrap.WorkerSettings;
import dev.pipelinebox.internal.pool.PoolSettings;
import dev.pipelinebox.internal.schedule.ScheduleSettings;

/**
 * What the actors of a master need of the configuration.
 *
 * @param schedule how tasks are treated
 * @param pool how the processes of workers are treated
 * @param worker what every worker is told
 */
public record EngineSettings(ScheduleSettings schedule, PoolSettings pool, WorkerSettings worker) {}
