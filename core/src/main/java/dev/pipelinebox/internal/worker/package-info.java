/**
 * The worker's process: its main class, the actor that speaks with the master, the thread of the user's code, and what is
 * between these two. It does not know how the master decides.
 */
@NullMarked
package dev.pipelinebox.internal.worker;

import org.jspecify.annotations.NullMarked;
