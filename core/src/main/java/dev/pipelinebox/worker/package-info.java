/**
 * The worker's process: its main, the actor that speaks with the master, and the thread that runs the user's code.
 *
 * <p>The launcher names {@link dev.pipelinebox.worker.WorkerMain} on a command line. For debugging, {@link
 * dev.pipelinebox.worker.InProcessWorkers} runs the same inside the caller's process; what the end of a worker means in
 * the one and in the other is said by its host. It knows the wire, and nothing of how the master decides.
 */
@NullMarked
package dev.pipelinebox.worker;

import org.jspecify.annotations.NullMarked;
