package dev.pipelinebox.internal.launch.blob.transfer;

/**
 * The blobs cannot be kept; nothing more is taken.
 *
 * @param reason what is wrong and what the user can do
 */
public record BlobsRefused(String reason) implements FromBlobReceiver {}
