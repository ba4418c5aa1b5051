package dev.pipelinebox.internal.launch.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/**
 * The right of one program to make an archive. The operating system ends the right of a dead program. Two programs can have
 * it if one asks while the other gives it back: then the archive is made twice.
 */
record ArchiveLock(Path file, FileChannel channel) implements Closeable {

    /** Of this program: to open and close a file is enough for the system to end the lock of another master. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** Empty while another program, or another master of this one, has it. */
    static Optional<ArchiveLock> tryLock(Path file) throws IOException {
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Optional<ArchiveLock> lock = Optional.empty();
        try {
            lock = locked(file);
            return lock;
        } finally {
            if (lock.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    private static Optional<ArchiveLock> locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException copyOfThisClass) {
            LoggerFactory.getLogger(ArchiveLock.class).debug("Another copy of the library makes it", copyOfThisClass);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? Optional.empty() : Optional.of(new ArchiveLock(file, channel));
    }

    /** The file goes first, while no other program can have locked it. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        } finally {
            HELD.remove(file);
        }
    }
}
