/**
 * Monitors that are ready to use.
 *
 * <p>They use events and nothing of the inside of a master.
 */
@NullMarked
package dev.pipelinebox.monitor;

import org.jspecify.annotations.NullMarked;
