package dev.pipelinebox.internal.launch.blob;

import dev.pipelinebox.internal.launch.code.manifest.CodeBlob;
import dev.pipelinebox.internal.os.TrustedDirectory;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Where the store has its files: blobs by digest, a file for each that was last written when the blob was last used, blobs
 * that are not complete, pins, and the class paths that are made of blobs.
 *
 * @param root the directory of the store
 */
record BlobFiles(Path root) {

    private static final String COMPLETE = "complete";
    private static final String USED = "used";
    private static final String PARTIAL = "partial";
    private static final String PINS = "pins";
    private static final String CODE = "code";

    /** Makes the directories that are not there; other users can enter none of them. */
    void ensure() throws IOException {
        new TrustedDirectory(root).ensure();
        for (String name : List.of(COMPLETE, USED, PARTIAL, PINS, CODE)) {
            new TrustedDirectory(root.resolve(name)).ensure();
        }
    }

    Path complete(String sha256) {
        return root.resolve(COMPLETE).resolve(CodeBlob.requireDigest(sha256));
    }

    Path partial() {
        return root.resolve(PARTIAL);
    }

    Path pins() {
        return root.resolve(PINS);
    }

    Path code() {
        return root.resolve(CODE);
    }

    List<Path> complete() throws IOException {
        return list(root.resolve(COMPLETE)).stream()
                .filter(file -> CodeBlob.isDigest(file.getFileName().toString()))
                .toList();
    }

    List<PartialFile> partials() throws IOException {
        return list(partial()).stream()
                .map(PartialFile::of)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Of a blob that is complete. */
    FileTime lastUse(String sha256) {
        try {
            return Files.getLastModifiedTime(used(sha256));
        } catch (IOException unknown) {
            return FileTime.fromMillis(0);
        }
    }

    void noteUse(String sha256) {
        FileTime now = FileTime.from(Instant.now());
        try {
            try {
                Files.setLastModifiedTime(used(sha256), now);
            } catch (NoSuchFileException first) {
                Files.write(used(sha256), new byte[0]);
            }
        } catch (IOException unwritable) {
            LoggerFactory.getLogger(BlobFiles.class).debug("The use of {} could not be noted", sha256, unwritable);
        }
    }

    /** A blob that is complete. */
    void delete(String sha256) throws IOException {
        Files.deleteIfExists(complete(sha256));
        Files.deleteIfExists(used(sha256));
    }

    private Path used(String sha256) {
        return root.resolve(USED).resolve(sha256);
    }

    static List<Path> list(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(all::add);
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        return all;
    }
}
