package dev.pipelinebox.internal.launch.blob.transfer;

/**
 * A part of a blob.
 *
 * @param sha256 the digest of the blob
 * @param offset where the part begins
 * @param bytes its content
 */
public record BlobPiece(String sha256, long offset, byte[] bytes) implements FromBlobSender {}
