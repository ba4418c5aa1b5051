package dev.pipelinebox.internal.launch.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Keeps blobs in the store, until it is closed or this process ends. Thread-safe. */
public final class BlobPin implements AutoCloseable {

    private final Path lockFile;
    private final Path list;
    private final FileChannel locked;

    BlobPin(Path lockFile, Path list, FileChannel locked) {
        this.lockFile = lockFile;
        this.list = list;
        this.locked = locked;
    }

    /** From now on the blobs may be removed. A second call does nothing. */
    @Override
    public void close() {
        try (locked) {
            Files.deleteIfExists(lockFile);
            Files.deleteIfExists(list);
        } catch (IOException stays) {
            LoggerFactory.getLogger(BlobPin.class).debug("{} stays until this process ends", lockFile, stays);
        }
    }
}
