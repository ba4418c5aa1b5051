/**
 * Starts worker JVMs on this machine: command line, output, exit diagnosis, descendants.
 *
 * <p>Tasks and Akka may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.launch.local;

import org.jspecify.annotations.NullMarked;
