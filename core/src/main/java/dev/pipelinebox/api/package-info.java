/**
 * What users write and see: the {@link dev.pipelinebox.api.Worker} they implement, the results, handles, options,
 * monitors and exceptions they work with.
 *
 * <p>Nothing of Akka or Jackson may enter, and nothing of the library's other packages: a program that keeps to this
 * package and to {@code Master} never sees how the work is carried out.
 */
@NullMarked
package dev.pipelinebox.api;

import org.jspecify.annotations.NullMarked;
