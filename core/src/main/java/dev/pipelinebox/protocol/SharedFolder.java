package dev.pipelinebox.protocol;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private folder in memory, in which one master and its workers hand each other large payloads. Thread-safe.
 *
 * <p>The process that made it holds a lock on a file in it, which the system lets go when the process ends, however that
 * comes about. So whoever gets the lock knows that the folder is abandoned, and removes it: the workers before they end
 * themselves, and each master that starts on this machine.
 */
public final class SharedFolder implements AutoCloseable {

    private static final String PREFIX = "pipelinebox-";
    private static final String OWNER = "owner";

    /** A process that is killed lets go of its lock a moment after the pipes to its children are closed. */
    private static final int LOOKS = 20;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path path;
    private final FileChannel owner;

    private SharedFolder(Path path, FileChannel owner) {
        this.path = path;
        this.owner = owner;
    }

    /**
     * Where such folders are made if nothing else is said.
     *
     * @return the system's folder in memory; empty if it has none
     */
    public static Optional<Path> usualRoot() {
        try {
            boolean inMemory = Files.isDirectory(MEMORY)
                    && Files.getFileStore(MEMORY).type().equals("tmpfs");
            return inMemory ? Optional.of(MEMORY) : Optional.empty();
        } catch (IOException | RuntimeException unknown) {
            log().debug("{} cannot be used", MEMORY, unknown);
            return Optional.empty();
        }
    }

    /**
     * Makes a folder that only this user can enter, and removes what others have left behind.
     *
     * @param root where
     * @return the folder; empty if none can be made there
     */
    public static Optional<SharedFolder> create(Path root) {
        try {
            removeAbandonedIn(root);
            // Nobody looks for an owner until the name is the final one.
            String mine = PREFIX + ProcessHandle.current().pid() + "-";
            Path fresh = Files.createTempDirectory(root, "." + mine);
            FileChannel owner =
                    FileChannel.open(fresh.resolve(OWNER), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            owner.lock();
            Path path = root.resolve(fresh.getFileName().toString().substring(1));
            Files.move(fresh, path);
            return Optional.of(new SharedFolder(path, owner));
        } catch (IOException | RuntimeException unwritable) {
            log().debug("Large payloads go over the wire, since no folder can be made in {}", root, unwritable);
            return Optional.empty();
        }
    }

    /**
     * Where it is.
     *
     * @return the path
     */
    public Path path() {
        return path;
    }

    /** Removes the folder with all that it holds. */
    @Override
    public void close() {
        empty(path);
        try {
            owner.close();
        } catch (IOException unclosable) {
            log().debug("The lock on {} cannot be let go", path, unclosable);
        }
        remove(path);
    }

    /**
     * Removes a folder whose owner has ended, or is ending just now.
     *
     * @param folder the folder
     */
    public static void removeIfAbandoned(Path folder) {
        for (int look = 0; look < LOOKS && Files.exists(folder) && !removedSinceAbandoned(folder); look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** A lock on a file of this process would be lost by looking at it. */
    private static void removeAbandonedIn(Path root) throws IOException {
        String mine = PREFIX + ProcessHandle.current().pid() + "-";
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, PREFIX + "*-*")) {
            for (Path folder : folders) {
                if (!folder.getFileName().toString().startsWith(mine)) {
                    removedSinceAbandoned(folder);
                }
            }
        }
    }

    private static boolean removedSinceAbandoned(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(OWNER), StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                empty(folder);
                remove(folder);
            }
            return lock != null;
        } catch (IOException | OverlappingFileLockException anothersOrGone) {
            log().debug("{} is left alone", folder, anothersOrGone);
            return false;
        }
    }

    private static void empty(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> {
                if (!file.getFileName().toString().equals(OWNER)) {
                    RingWriter.delete(file);
                }
            });
        } catch (IOException | RuntimeException gone) {
            log().debug("{} cannot be looked into", folder, gone);
        }
    }

    private static void remove(Path folder) {
        RingWriter.delete(folder.resolve(OWNER));
        RingWriter.delete(folder);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(SharedFolder.class);
    }
}
