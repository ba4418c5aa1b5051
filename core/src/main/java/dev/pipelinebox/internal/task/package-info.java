/**
 * Values that the caller's side, the scheduler, the pool and the link share.
 *
 * <p>Behaviour, Akka and Jackson may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.task;

import org.jspecify.annotations.NullMarked;
