package dev.pipelinebox.internal.launch.blob.transfer;

/** What the side that needs blobs says. */
public sealed interface FromBlobReceiver permits BlobsLacking, BlobAcknowledged, BlobsComplete, BlobsRefused {}
