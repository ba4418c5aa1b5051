/**
 * The entry: {@link dev.pipelinebox.Master} and its builder, {@link dev.pipelinebox.Pipeline}, and the caller's side of
 * runs, asks and streams.
 *
 * <p>It wires the other packages together, which do not know each other. What decides about tasks or workers belongs
 * into {@code master}, what both processes need into {@code protocol}.
 */
@NullMarked
package dev.pipelinebox;

import org.jspecify.annotations.NullMarked;
