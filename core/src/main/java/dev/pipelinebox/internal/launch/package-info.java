/**
 * Starts a worker process, watches it and reports its end. {@code WorkerStarter} is the entry.
 *
 * <p>Tasks and Akka may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.launch;

import org.jspecify.annotations.NullMarked;
