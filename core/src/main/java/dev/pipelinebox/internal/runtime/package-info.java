/**
 * The composition root: builds the rooms of a master, and owns the order of start and shutdown, the actor system and
 * the endpoint. No decision about tasks or workers belongs here.
 */
@NullMarked
package dev.pipelinebox.internal.runtime;

import org.jspecify.annotations.NullMarked;
