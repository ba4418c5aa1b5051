package dev.pipelinebox.internal.launch.blob.transfer;

/** All blobs of the manifest are there and intact. */
public record BlobsComplete() implements FromBlobReceiver {}
