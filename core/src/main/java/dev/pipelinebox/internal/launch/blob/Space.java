package dev.pipelinebox.internal.launch.blob;

import dev.pipelinebox.internal.launch.code.manifest.SeenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store within its limit and its disk: what was not used for the longest time goes first, and nothing that is
 * pinned or just written. To be used under the lock of the store.
 *
 * @param files of the store
 * @param pins of the store
 * @param limit on the sum of the sizes, in bytes
 */
record Space(BlobFiles files, Pins pins, long limit) {

    /** What may be removed; a blob that is not complete has no digest here. */
    private record Removable(Path path, String digest, long size, FileTime lastUse) {}

    /** What the store has. */
    private record Inventory(long size, List<Removable> removable) {}

    /**
     * Removes as much as is necessary. What is written already counts as if it were complete.
     *
     * @param needed how many bytes are still to be written
     * @throws IOException if that is not enough
     */
    void make(long needed) throws IOException {
        Set<String> pinned = pins.digests();
        Inventory inventory = inventory(pinned);
        long size = inventory.size();
        for (Removable next : inventory.removable()) {
            if (size > limit || free() < needed) {
                size -= remove(next);
            }
        }
        CodeDirectories.tidy(files, pinned);
        if (size > limit) {
            throw new IOException("no room for " + needed + " bytes in " + files.root() + ": its limit is " + limit
                    + " bytes, and " + (size - needed)
                    + " bytes of it are used by programs that run; raise the limit, or use another cache directory");
        }
        if (free() < needed) {
            throw new IOException("no room for " + needed + " bytes in " + files.root() + ": " + freeText());
        }
    }

    /** Why so many bytes are not there. */
    String unwritable(long needed, IOException cause) {
        return needed + " bytes cannot be written to " + files.root() + " (" + cause + "): " + freeText();
    }

    private Inventory inventory(Set<String> pinned) throws IOException {
        long size = 0;
        List<Removable> removable = new ArrayList<>();
        for (PartialFile part : files.partials()) {
            if (part.isInUse()) {
                size += part.size();
            } else {
                leftOver(part).ifPresent(removable::add);
            }
        }
        size += removable.stream().mapToLong(Removable::size).sum();
        for (Path blob : files.complete()) {
            String digest = blob.getFileName().toString();
            long bytes = Files.size(blob);
            size += bytes;
            if (!pinned.contains(digest)) {
                removable.add(new Removable(blob, digest, bytes, files.lastUse(digest)));
            }
        }
        removable.sort(Comparator.comparing(Removable::lastUse));
        return new Inventory(size, removable);
    }

    /** Of a writer that has ended; empty if it has just removed its file, or given it its name. */
    private static Optional<Removable> leftOver(PartialFile part) throws IOException {
        try {
            SeenFile seen = SeenFile.of(part.path());
            return Optional.of(new Removable(part.path(), "", seen.size(), seen.modified()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /** How many bytes that frees; some systems do not remove a file that is open. */
    private long remove(Removable file) {
        try {
            if (file.digest().isEmpty()) {
                Files.deleteIfExists(file.path());
            } else {
                files.delete(file.digest());
            }
            return file.size();
        } catch (IOException inUse) {
            LoggerFactory.getLogger(Space.class).debug("{} stays", file.path(), inUse);
            return 0;
        }
    }

    private long free() throws IOException {
        return Files.getFileStore(files.root()).getUsableSpace();
    }

    private String freeText() {
        String free;
        try {
            free = free() + " bytes are free there";
        } catch (IOException unknown) {
            free = "it is not known how much is free there";
        }
        return free + "; remove something, or use another cache directory";
    }
}
