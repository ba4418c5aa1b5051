/**
 * Files that are known by their digest, in the user's cache directory, for all programs of the user. {@code BlobStore} is the
 * entry.
 *
 * <p>Connections, processes and tasks may not enter. What is in a blob is not looked at and never unpacked.
 */
@NullMarked
package dev.pipelinebox.internal.launch.blob;

import org.jspecify.annotations.NullMarked;
