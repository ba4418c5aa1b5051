package dev.pipelinebox.internal.launch.blob.transfer;

/** What the side that has all blobs says. */
public sealed interface FromBlobSender permits BlobPiece, BlobsUnreadable {}
