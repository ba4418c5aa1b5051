package dev.pipelinebox.internal.os;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private folder of one master and its workers, for small files. Thread-safe.
 *
 * <p>The process that created it holds a lock on a file in it. The system releases the lock when the process ends, for
 * any reason. So a process that gets the lock removes the folder: a worker before it ends itself, and each master that
 * starts on this machine.
 */
public final class LockedDirectory implements AutoCloseable {

    private static final String PREFIX = "pipelinebox-";
    private static final String OWNER = "owner";

    /** In a container every program may have the same process id, one after the other. */
    private static final String MINE = PREFIX + ProcessHandle.current().pid() + "-"
            + ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(Instant::toEpochMilli)
                    .orElse(0L) + "-";

    /** A process that is killed lets go of its lock a moment after the pipes to its children are closed. */
    private static final int LOOKS = 20;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Path path;
    private final Optional<Object> key;
    private final @Nullable FileChannel owner;

    private LockedDirectory(Path path, @Nullable FileChannel owner) {
        this.path = path;
        this.key = key(path);
        this.owner = owner;
    }

    /**
     * Makes a folder that only this user can enter, and removes what others have left behind.
     *
     * @param root where
     * @return the folder
     * @throws IOException if none can be made there
     */
    public static LockedDirectory create(Path root) throws IOException {
        Path fresh = Files.createTempDirectory(root, MINE);
        removeAbandonedIn(root, Files.getOwner(fresh));
        return new LockedDirectory(fresh, owned(fresh));
    }

    /** Takes possession, if files can be locked there: without an owner it is left alone by all others. */
    private static @Nullable FileChannel owned(Path fresh) throws IOException {
        Path unlocked = fresh.resolve(OWNER + ".new");
        FileChannel owner = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            owner.lock();
            Files.move(unlocked, fresh.resolve(OWNER));
            return owner;
        } catch (IOException | RuntimeException unlockable) {
            log().debug("{} stays behind if this process is killed", fresh, unlockable);
            owner.close();
            delete(unlocked);
            return null;
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

    /**
     * Whether it is still there. Systems remove old files, and another user may have taken the name since.
     *
     * @return {@code true} if it can be used
     */
    public boolean isThere() {
        return key.equals(key(path)) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes the folder with all that it holds, if it is still there. */
    @Override
    public void close() {
        if (isThere()) {
            empty(path);
        }
        try {
            if (owner != null) {
                owner.close();
            }
        } catch (IOException unclosable) {
            log().debug("The lock on {} cannot be let go", path, unclosable);
        }
        if (isThere()) {
            remove(path);
        }
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

    /**
     * Removes the folders of this user whose owners have ended.
     *
     * @param root where they are
     */
    public static void removeAbandonedIn(Path root) {
        try {
            create(root).close();
        } catch (IOException unwritable) {
            log().debug("{} cannot be written", root, unwritable);
        }
    }

    /** Those of this user; a lock on a file of this process would be lost by looking at it. */
    private static void removeAbandonedIn(Path root, UserPrincipal user) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, PREFIX + "*-*")) {
            for (Path folder : folders) {
                if (!folder.getFileName().toString().startsWith(MINE) && belongsTo(user, folder)) {
                    removedSinceAbandoned(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            log().debug("{} cannot be looked through", root, unreadable);
        }
    }

    private static boolean belongsTo(UserPrincipal user, Path folder) {
        try {
            return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user);
        } catch (IOException gone) {
            log().debug("{} is not there any more", folder, gone);
            return false;
        }
    }

    private static boolean removedSinceAbandoned(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
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

    /** What tells a directory from another one with its name, where the system has that. */
    private static Optional<Object> key(Path folder) {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .fileKey());
        } catch (IOException gone) {
            log().debug("{} is not there", folder, gone);
            return Optional.empty();
        }
    }

    private static void empty(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> {
                if (!file.getFileName().toString().equals(OWNER)) {
                    removeTree(file);
                }
            });
        } catch (IOException | RuntimeException gone) {
            log().debug("{} cannot be looked into", folder, gone);
        }
    }

    /** Symbolic links are not followed. */
    private static void removeTree(Path file) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(file)) {
                files.forEach(LockedDirectory::removeTree);
            } catch (IOException | RuntimeException gone) {
                log().debug("{} cannot be looked into", file, gone);
            }
        }
        delete(file);
    }

    private static void remove(Path folder) {
        delete(folder.resolve(OWNER));
        delete(folder);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            log().debug("{} stays behind", file, stays);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(LockedDirectory.class);
    }
}
