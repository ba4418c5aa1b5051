package dev.pipelinebox.internal.link.transfer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The sender's end of a ring. Its file is made when it is needed for the first time, and with all its bytes, so that
 * memory that is full shows then and not in the middle of a payload. Not thread-safe.
 */
final class RingWriter implements AutoCloseable {

    private final Optional<Path> path;
    private boolean tried;
    private @Nullable RandomAccessFile file;
    private long position;

    /** Without a path there can be no ring. */
    RingWriter(Optional<Path> path) {
        this.path = path;
    }

    /** Whether there is a ring. If there is none now, there never will be: payloads go over the wire. */
    boolean isThere() {
        if (!tried) {
            tried = true;
            path.ifPresent(this::make);
        }
        return file != null;
    }

    /** Writes bytes behind those written before, and returns where that is. */
    long write(byte[] from, int offset, int length) {
        RandomAccessFile ring = file;
        if (ring == null) {
            throw new IllegalStateException("There is no ring");
        }
        try {
            long begin = position;
            SharedRing.write(ring, begin, from, offset, length);
            position += length;
            return begin;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Removes the ring. A reader that has opened it can still read. */
    @Override
    public void close() {
        tried = true;
        SharedRing.close(file);
        file = null;
        path.ifPresent(SharedRing::delete);
    }

    private void make(Path fresh) {
        RandomAccessFile made = null;
        try {
            made = new RandomAccessFile(fresh.toFile(), "rw");
            SharedRing.write(made, 0, new byte[SharedRing.BYTES], 0, SharedRing.BYTES);
            file = made;
        } catch (IOException fullOrUnwritable) {
            LoggerFactory.getLogger(RingWriter.class)
                    .debug("Large payloads go over the wire, since {} cannot be written", fresh, fullOrUnwritable);
            SharedRing.close(made);
            SharedRing.delete(fresh);
        }
    }
}
