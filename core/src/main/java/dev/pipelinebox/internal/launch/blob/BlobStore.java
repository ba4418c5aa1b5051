package dev.pipelinebox.internal.launch.blob;

import dev.pipelinebox.internal.launch.code.CodeEntries;
import dev.pipelinebox.internal.launch.code.Sha256;
import dev.pipelinebox.internal.launch.code.manifest.CodeBlob;
import dev.pipelinebox.internal.launch.code.manifest.CodeManifest;
import dev.pipelinebox.internal.launch.code.manifest.SeenFile;
import dev.pipelinebox.internal.os.TrustedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs by their SHA-256, in a directory that the programs of one user share. Thread-safe, also between processes.
 *
 * <p>A blob is written under another name and then renamed, and never written again. It is digested when a process uses it
 * for the first time, and again when its file looks different since; a damaged one is removed. The least recently used ones
 * are removed when there is no room for another. Pin what is to be used, before looking whether it is there.
 */
public final class BlobStore {

    /** The limit if the user gives none, in bytes. */
    public static final long DEFAULT_LIMIT = 10L << 30;

    /** Equal blobs look alike wherever and whenever they came: class-data archives depend on the times of jars. */
    private static final FileTime TIME = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

    private final BlobFiles files;
    private final StoreLock lock;
    private final Pins pins;
    private final Space space;

    /** Blobs that this process has digested. */
    private final Map<Path, SeenFile> intact = new ConcurrentHashMap<>();

    private BlobStore(BlobFiles files, long limit) {
        this.files = files;
        this.lock = new StoreLock(files.root().resolve("lock"));
        this.pins = new Pins(files.pins());
        this.space = new Space(files, pins, limit);
    }

    /**
     * Opens the store, and makes it if it is not there.
     *
     * @param cache the user's cache directory; the store is the directory {@code blobs} in it
     * @param limit how many bytes its blobs may have
     * @throws IOException if it cannot be made or written, or others can write it
     */
    public static BlobStore open(Path cache, long limit) throws IOException {
        Files.createDirectories(cache);
        BlobFiles files = new BlobFiles(cache.toRealPath().resolve("blobs"));
        files.ensure();
        return new BlobStore(files, limit);
    }

    /**
     * Keeps blobs from being removed, also those that are not there yet.
     *
     * @param digests which
     * @return to be closed when they are not used any more
     * @throws IOException if the store cannot be written
     */
    public BlobPin pin(Collection<String> digests) throws IOException {
        return locked(() -> pins.pin(digests));
    }

    /**
     * Looks for a blob, and notes that it is used. Reads all of it when it looks different than before.
     *
     * @return its file, whose name is the digest; empty if it is not there, or was damaged
     * @throws IOException if it cannot be read
     */
    public Optional<Path> find(String sha256) throws IOException {
        Path file = files.complete(sha256);
        try {
            SeenFile seen = SeenFile.of(file);
            if (seen.equals(intact.get(file)) || Sha256.of(file).equals(sha256)) {
                intact.put(file, seen);
                files.noteUse(sha256);
                return Optional.of(file);
            }
            locked(() -> removed(seen, sha256));
            return Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** Unless another process has put a good one in its place. */
    private boolean removed(SeenFile damaged, String sha256) throws IOException {
        boolean isThere = SeenFile.of(damaged.path()).equals(damaged);
        if (isThere) {
            log().warn("{} was damaged and is removed; it is fetched again when it is needed", damaged.path());
            files.delete(sha256);
        }
        return isThere;
    }

    /** How many bytes of a blob an earlier attempt has left here, with which {@link #receive} would begin. */
    public long partial(String sha256, long size) throws IOException {
        return locked(() -> abandoned(sha256, size).map(BlobStore::length).orElse(0L));
    }

    /**
     * Begins to write a blob, or goes on where an earlier attempt ended. Each writer has a file of its own.
     *
     * @param sha256 its digest
     * @param size in bytes
     * @throws IOException if there is no room, also when all that is not pinned is removed, or if the store cannot be written
     */
    public BlobWriter receive(String sha256, long size) throws IOException {
        OpenPart open = locked(() -> open(sha256, size));
        try {
            return new BlobWriter(this, open);
        } catch (IOException unreadable) {
            open.discard();
            throw unreadable;
        }
    }

    private OpenPart open(String sha256, long size) throws IOException {
        PartialFile part = PartialFile.unnamed(files.partial(), sha256, size, FileOwner.MINE);
        Optional<PartialFile> before = abandoned(sha256, size);
        if (before.isPresent()) {
            Files.move(before.get().path(), part.path(), StandardCopyOption.ATOMIC_MOVE);
        }
        OpenPart open = OpenPart.of(part);
        try {
            space.make(size - open.channel().size());
            return open;
        } catch (IOException noRoom) {
            open.discard();
            throw noRoom;
        }
    }

    /** The longest that no process writes. */
    private Optional<PartialFile> abandoned(String sha256, long size) throws IOException {
        return files.partials().stream()
                .filter(part -> part.sha256().equals(sha256) && part.size() == size)
                .filter(part -> length(part) <= size && !part.isInUse())
                .max(Comparator.comparing(BlobStore::length));
    }

    private static long length(PartialFile part) {
        try {
            return Files.size(part.path());
        } catch (IOException gone) {
            return 0;
        }
    }

    /**
     * Makes a class path of blobs, with their own names. It has the same paths whenever and by whatever process it is made
     * of the same entries; the library's part does not depend on the rest.
     *
     * @throws IOException if one is not in the store, or the store cannot be written
     */
    public CodeEntries link(CodeManifest manifest) throws IOException {
        for (CodeBlob entry : manifest.entries()) {
            requireFound(find(entry.sha256()).isPresent(), entry);
        }
        return locked(() -> {
            for (CodeBlob entry : manifest.entries()) {
                requireFound(Files.exists(files.complete(entry.sha256())), entry);
            }
            return new CodeEntries(
                    CodeDirectories.link(files, manifest.library()), CodeDirectories.link(files, manifest.rest()));
        });
    }

    private void requireFound(boolean isThere, CodeBlob entry) throws IOException {
        if (!isThere) {
            throw new IOException(entry.fileName() + " with the digest " + entry.sha256() + " is not in " + files.root()
                    + "; it has to be received first, and pinned");
        }
    }

    /** Another process may have had it earlier; then there is one file for both. */
    void keep(PartialFile part) throws IOException {
        if (find(part.sha256()).isPresent()) {
            Files.deleteIfExists(part.path());
            return;
        }
        Path complete = files.complete(part.sha256());
        Files.setLastModifiedTime(part.path(), TIME);
        locked(() -> {
            files.noteUse(part.sha256());
            return Files.move(part.path(), complete, StandardCopyOption.ATOMIC_MOVE);
        });
        if (TrustedDirectory.isPosix(complete)) {
            Files.setPosixFilePermissions(complete, PosixFilePermissions.fromString("r--------"));
        }
        intact.put(complete, SeenFile.of(complete));
    }

    /** Leaves it for the next writer. */
    void release(OpenPart open) {
        try {
            locked(() -> {
                Path free = open.part().of(FileOwner.NONE).path();
                Files.move(open.part().path(), free, StandardCopyOption.ATOMIC_MOVE);
                open.channel().close();
                return free;
            });
        } catch (IOException unnamable) {
            log().debug("{} is not kept", open.part().path(), unnamable);
            open.discard();
        }
    }

    String unwritable(long size, IOException cause) {
        return space.unwritable(size, cause);
    }

    /** A user may have emptied the cache directory since it was opened. */
    private <T> T locked(StoreLock.Action<T> action) throws IOException {
        if (!Files.isDirectory(files.code())) {
            files.ensure();
        }
        return lock.locked(action);
    }

    static Logger log() {
        return LoggerFactory.getLogger(BlobStore.class);
    }
}
