package dev.pipelinebox.internal.launch.blob;

import dev.pipelinebox.internal.launch.code.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Writes one blob of the store, from its beginning to its end. What is there when it is closed is kept for the next writer
 * of the same blob, in this or another process. Not thread-safe.
 */
public final class BlobWriter implements AutoCloseable {

    private static final int BUFFER = 128 << 10;

    private final BlobStore store;
    private final OpenPart open;
    private final PartialFile part;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.digest();
    private long position;

    /** Takes over what the file has already. */
    BlobWriter(BlobStore store, OpenPart open) throws IOException {
        this.store = store;
        this.open = open;
        this.part = open.part();
        this.channel = open.channel();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (int read = channel.read(buffer, 0); read > 0; read = channel.read(buffer.clear(), position)) {
            digest.update(buffer.flip());
            position += read;
        }
    }

    /** How many bytes are there; the next piece begins here. */
    public long position() {
        return position;
    }

    /** Whether all bytes are there. */
    public boolean isComplete() {
        return position == part.size();
    }

    /**
     * Writes what is new in a piece. What is there already does no harm; a piece that begins behind the position is refused.
     *
     * @param offset where the piece begins
     * @param piece the bytes, which are not kept
     * @return the position, which is before the offset if the piece was refused
     * @throws IOException if the blob has fewer bytes, or they cannot be written; then all of it is removed
     */
    public long write(long offset, byte[] piece) throws IOException {
        if (offset < 0 || offset > part.size() - piece.length) {
            open.discard();
            throw new IOException("a piece of " + piece.length + " bytes at " + offset + " is outside of the "
                    + part.size() + " bytes of " + part.sha256());
        }
        if (offset > position || offset + piece.length <= position) {
            return position;
        }
        int known = (int) (position - offset);
        append(ByteBuffer.wrap(piece, known, piece.length - known));
        return position;
    }

    private void append(ByteBuffer bytes) throws IOException {
        digest.update(bytes.duplicate());
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        } catch (IOException full) {
            throw unwritable(full);
        }
    }

    /**
     * Puts the blob where it is found.
     *
     * @return false if the bytes are others than the digest says; then all of it is removed
     * @throws IOException if they cannot be written to the disk; then all of it is removed, too
     * @throws IllegalStateException if bytes are missing
     */
    public boolean finish() throws IOException {
        if (!isComplete()) {
            throw new IllegalStateException(position + " of " + part.size() + " bytes are there");
        }
        boolean isIntact = HexFormat.of().formatHex(digest.digest()).equals(part.sha256());
        if (isIntact) {
            try {
                channel.force(true);
                store.keep(part);
            } catch (IOException full) {
                throw unwritable(full);
            }
        }
        open.discard();
        return isIntact;
    }

    private IOException unwritable(IOException cause) {
        IOException unwritable = new IOException(store.unwritable(part.size(), cause), cause);
        open.discard();
        return unwritable;
    }

    /** Keeps what is there, if it is not finished. A second call does nothing. */
    @Override
    public void close() {
        if (channel.isOpen() && position == 0) {
            open.discard();
        } else if (channel.isOpen()) {
            store.release(open);
        }
    }
}
