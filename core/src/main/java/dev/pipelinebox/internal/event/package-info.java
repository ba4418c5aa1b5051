/**
 * The event bus: it delivers the events of a master to monitors and subscribed actors, in order, and outcomes behind
 * them.
 *
 * <p>Events are sent to the bus. It does not call back into the master.
 */
@NullMarked
package dev.pipelinebox.internal.event;

import org.jspecify.annotations.NullMarked;
