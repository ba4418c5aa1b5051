package dev.pipelinebox.internal.launch.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.slf4j.LoggerFactory;

/**
 * Which process uses a file: its name says so, and a lock on it ends with the process. A process never opens a file of its
 * own a second time, since to close it again would end the lock.
 */
final class FileOwner {

    /** Of a file that no process uses. */
    static final String NONE = "free";

    /** In a container every program may have the same process id, one after the other. */
    static final String MINE = ProcessHandle.current().pid() + "-"
            + ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(Instant::toEpochMilli)
                    .orElse(0L);

    private FileOwner() {}

    /** Where files cannot be locked, what is used by other processes is left alone for ever. */
    static void lock(FileChannel channel, Path file) {
        try {
            channel.lock();
        } catch (IOException unlockable) {
            LoggerFactory.getLogger(FileOwner.class)
                    .debug("{} stays behind if this process is killed", file, unlockable);
        }
    }

    /** Whether its owner lives. */
    static boolean isInUse(Path file, String owner) {
        if (owner.equals(NONE) || owner.equals(MINE)) {
            return owner.equals(MINE);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException | OverlappingFileLockException unknown) {
            LoggerFactory.getLogger(FileOwner.class).debug("{} is left alone", file, unknown);
            return true;
        }
    }
}
