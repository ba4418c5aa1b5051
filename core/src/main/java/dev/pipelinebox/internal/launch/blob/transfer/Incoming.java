package dev.pipelinebox.internal.launch.blob.transfer;

import dev.pipelinebox.internal.launch.blob.BlobStore;
import dev.pipelinebox.internal.launch.blob.BlobWriter;
import dev.pipelinebox.internal.launch.code.manifest.CodeBlob;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A blob that is not complete yet. Not thread-safe. */
final class Incoming implements AutoCloseable {

    /** Then it is no accident. */
    private static final int MOST_DAMAGED = 3;

    private static final long NOWHERE = -1;

    private final BlobStore store;
    private final CodeBlob blob;
    private long position;
    private long lastGap = NOWHERE;
    private int damaged;
    private @Nullable BlobWriter writer;

    /** What came of a piece. */
    enum Result {
        WRITTEN,
        /** Something before it is missing. */
        GAP,
        /** Something before it is missing, and that has been said. */
        KNOWN_GAP,
        COMPLETE,
        /** The blob is to be sent again, from its beginning. */
        DAMAGED
    }

    Incoming(BlobStore store, CodeBlob blob) throws IOException {
        this.store = store;
        this.blob = blob;
        this.position = store.partial(blob.sha256(), blob.size());
    }

    /** Whether there is nothing to be sent, since an earlier attempt has all bytes, or there are none. */
    boolean isCompleteAlready() throws IOException {
        return position == blob.size() && add(position, new byte[0]) == Result.COMPLETE;
    }

    BlobsLacking.Blob lacking() {
        return new BlobsLacking.Blob(blob.sha256(), position);
    }

    BlobAcknowledged acknowledged() {
        return new BlobAcknowledged(blob.sha256(), position);
    }

    Result add(long offset, byte[] bytes) throws IOException {
        BlobWriter open = writer == null ? store.receive(blob.sha256(), blob.size()) : writer;
        writer = open;
        position = open.write(offset, bytes);
        if (open.isComplete()) {
            return finish(open);
        }
        if (offset <= position) {
            return Result.WRITTEN;
        }
        boolean isKnown = lastGap == position;
        lastGap = position;
        return isKnown ? Result.KNOWN_GAP : Result.GAP;
    }

    private Result finish(BlobWriter complete) throws IOException {
        writer = null;
        if (complete.finish()) {
            return Result.COMPLETE;
        }
        position = 0;
        lastGap = NOWHERE;
        damaged++;
        if (damaged == MOST_DAMAGED) {
            throw new IOException(blob.fileName() + " came " + MOST_DAMAGED
                    + " times with other bytes than its digest says; look at the disk of this machine");
        }
        return Result.DAMAGED;
    }

    /** What is there is kept for another attempt. */
    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
