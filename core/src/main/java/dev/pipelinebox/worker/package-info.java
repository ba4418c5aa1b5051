/**
 * The worker's process: its main, the actor that speaks with the master, and the thread that runs the user's code.
 *
 * <p>Nothing outside this package calls it: the launcher names {@link dev.pipelinebox.worker.WorkerMain} on a command
 * line. It knows the wire, and nothing of how the master decides.
 */
@NullMarked
package dev.pipelinebox.worker;

import org.jspecify.annotations.NullMarked;
