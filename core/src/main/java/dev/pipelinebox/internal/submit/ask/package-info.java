/** A single task as a future, as an element of a stream of futures, or as a reply to an actor. No run belongs here. */
@NullMarked
package dev.pipelinebox.internal.submit.ask;

import org.jspecify.annotations.NullMarked;
