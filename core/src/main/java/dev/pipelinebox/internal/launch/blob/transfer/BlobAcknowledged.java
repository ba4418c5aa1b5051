package dev.pipelinebox.internal.launch.blob.transfer;

/**
 * A part of a blob has been written.
 *
 * @param sha256 the digest of the blob
 * @param position how many of its first bytes are there
 */
public record BlobAcknowledged(String sha256, long position) implements FromBlobReceiver {}
