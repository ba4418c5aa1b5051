package dev.pipelinebox.internal.launch.blob;

import dev.pipelinebox.internal.launch.code.manifest.CodeBlob;
import dev.pipelinebox.internal.launch.code.manifest.CodeManifest;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Class paths that are made of blobs, {@code DIGEST/NNN/name.jar}. The directory is named by the digest of the entries, so
 * equal ones have the same paths in each program, and a class-data archive stays valid. To be used under the lock of the
 * store.
 */
final class CodeDirectories {

    /** The digests of the entries. */
    private static final String LIST = "digests";

    private CodeDirectories() {}

    /** The files of the entries, which are in the store, in the same order. */
    static List<Path> link(BlobFiles files, List<CodeBlob> entries) throws IOException {
        if (entries.isEmpty()) {
            return List.of();
        }
        Path directory = files.code().resolve(CodeManifest.digest(entries));
        Files.createDirectories(directory);
        Files.write(
                directory.resolve(LIST), entries.stream().map(CodeBlob::sha256).toList());
        List<Path> linked = new ArrayList<>();
        for (CodeBlob entry : entries) {
            Path place = Files.createDirectories(directory.resolve("%03d".formatted(linked.size())));
            linked.add(link(files.complete(entry.sha256()), place.resolve(entry.fileName())));
        }
        return linked;
    }

    private static Path link(Path blob, Path entry) throws IOException {
        if (!Files.exists(entry) || !Files.isSameFile(entry, blob)) {
            Path fresh = entry.resolveSibling(UUID.randomUUID() + ".tmp");
            linkAs(fresh, blob);
            Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
        }
        return entry;
    }

    private static void linkAs(Path fresh, Path blob) throws IOException {
        try {
            Files.createLink(fresh, blob);
        } catch (FileSystemException | UnsupportedOperationException noHardLinks) {
            try {
                Files.createSymbolicLink(fresh, blob);
            } catch (FileSystemException | UnsupportedOperationException noLinks) {
                Files.copy(blob, fresh, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Removes those of which something is missing, and which no program uses. */
    static void tidy(BlobFiles files, Set<String> pinned) throws IOException {
        for (Path directory : BlobFiles.list(files.code())) {
            Set<String> digests = digests(directory);
            boolean isComplete =
                    !digests.isEmpty() && digests.stream().allMatch(digest -> Files.exists(files.complete(digest)));
            if (!isComplete && (digests.isEmpty() || !pinned.containsAll(digests))) {
                remove(directory);
            }
        }
    }

    private static Set<String> digests(Path directory) {
        try {
            return new HashSet<>(Files.readAllLines(directory.resolve(LIST)));
        } catch (IOException notMadeToItsEnd) {
            return Set.of();
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException inUse) {
            LoggerFactory.getLogger(CodeDirectories.class).debug("{} stays", directory, inUse);
        }
    }
}
