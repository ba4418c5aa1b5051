/**
 * Who listens to a pool: the actor that tells the monitors, and monitors that are ready to use.
 *
 * <p>It knows events and nothing of how they come about.
 */
@NullMarked
package dev.pipelinebox.monitor;

import org.jspecify.annotations.NullMarked;
