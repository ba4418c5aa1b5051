/**
 * Pure state: which task goes to which worker. Backlog, affinity, priority, limits, retries and crash attribution.
 * {@code Scheduler} is the entry.
 *
 * <p>No clock, thread, actor or wire may enter. Times are given to it. {@code internal.master} carries out its
 * decisions.
 */
@NullMarked
package dev.pipelinebox.internal.schedule;

import org.jspecify.annotations.NullMarked;
