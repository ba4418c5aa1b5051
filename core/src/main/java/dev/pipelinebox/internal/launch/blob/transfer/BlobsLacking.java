package dev.pipelinebox.internal.launch.blob.transfer;

import java.util.List;

/**
 * All that is lacking of a manifest. What was said earlier does not count any more.
 *
 * @param blobs which, and from where on; the others are there
 */
public record BlobsLacking(List<Blob> blobs) implements FromBlobReceiver {

    public BlobsLacking {
        blobs = List.copyOf(blobs);
    }

    /**
     * What is lacking of a blob.
     *
     * @param sha256 its digest
     * @param offset how many bytes are there already
     */
    public record Blob(String sha256, long offset) {}
}
