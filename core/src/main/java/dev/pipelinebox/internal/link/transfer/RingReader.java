package dev.pipelinebox.internal.link.transfer;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The receiver's end of a ring, opened when something is in it. Not thread-safe. */
final class RingReader implements AutoCloseable {

    private final Optional<Path> path;
    private @Nullable RandomAccessFile file;

    /** Without a path nothing comes this way. */
    RingReader(Optional<Path> path) {
        this.path = path;
    }

    void read(long position, byte[] into, int offset, int length) throws IOException {
        RandomAccessFile ring = file;
        if (ring == null) {
            Path made = path.orElseThrow(() -> new FileNotFoundException("there is no shared memory"));
            ring = new RandomAccessFile(made.toFile(), "r");
            file = ring;
        }
        SharedRing.read(ring, position, into, offset, length);
    }

    /** Removes the ring, in case that the sender's process has ended without doing it. */
    @Override
    public void close() {
        SharedRing.close(file);
        file = null;
        path.ifPresent(SharedRing::delete);
    }
}
