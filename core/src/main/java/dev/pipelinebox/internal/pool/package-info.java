/**
 * Pure state: which processes there should be. Slots, spares, recycling, back-off and liveness. {@code PoolPlan} is
 * the entry.
 *
 * <p>No clock, thread, actor or wire may enter. Times are given to it. {@code internal.master} carries out its
 * actions.
 */
@NullMarked
package dev.pipelinebox.internal.pool;

import org.jspecify.annotations.NullMarked;
