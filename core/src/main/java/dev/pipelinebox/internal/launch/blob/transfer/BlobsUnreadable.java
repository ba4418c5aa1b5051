package dev.pipelinebox.internal.launch.blob.transfer;

/**
 * The blobs cannot be sent; nothing follows.
 *
 * @param reason what is wrong and what the user can do
 */
public record BlobsUnreadable(String reason) implements FromBlobSender {}
