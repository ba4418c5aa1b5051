/**
 * The actor system of a master and of a worker: settings, built-in defaults, the dispatcher, joining and leaving a
 * cluster.
 *
 * <p>Tasks may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.cluster;

import org.jspecify.annotations.NullMarked;
