package dev.pipelinebox.internal.launch.blob.transfer;

import java.io.IOException;

/** Where a sender reads blobs. */
@FunctionalInterface
public interface BlobSource {

    /**
     * Reads a part.
     *
     * @param sha256 the digest of the blob
     * @param offset where the part begins
     * @param most how many bytes it may have; it has fewer at the end of the blob only
     * @throws IOException if it cannot be read; the message says what to do
     */
    byte[] read(String sha256, long offset, int most) throws IOException;
}
