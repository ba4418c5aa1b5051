/**
 * The master's side: which task goes to which worker, who is to blame for a death, when a process is replaced.
 *
 * <p>Decided in pure state ({@code TaskTable}, {@code Workforce}), carried out by the actors. It speaks with workers by
 * the wire alone, and is handed what starts their processes and who listens to its events.
 */
@NullMarked
package dev.pipelinebox.master;

import org.jspecify.annotations.NullMarked;
