/**
 * Sends the blobs of a manifest that another machine lacks: what both sides say, and what they do when they are told
 * something. {@code BlobSender} and {@code BlobReceiver} are the entries.
 *
 * <p>Actors, connections, threads and clocks may not enter.
 */
@NullMarked
package dev.pipelinebox.internal.launch.blob.transfer;

import org.jspecify.annotations.NullMarked;
