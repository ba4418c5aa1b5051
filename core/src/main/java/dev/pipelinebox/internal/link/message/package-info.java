/**
 * The messages between master and worker, by direction, and their binary form. Actors, transports and user types stay out.
 */
@NullMarked
package dev.pipelinebox.internal.link.message;

import org.jspecify.annotations.NullMarked;
