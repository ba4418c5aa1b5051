/**
 * Starts worker JVMs on this machine: class path, command line, class-data archive, output, exit.
 *
 * <p>Its one door is {@link dev.pipelinebox.launch.WorkerLauncher}. It knows processes and nothing of tasks or actors.
 */
@NullMarked
package dev.pipelinebox.launch;

import org.jspecify.annotations.NullMarked;
