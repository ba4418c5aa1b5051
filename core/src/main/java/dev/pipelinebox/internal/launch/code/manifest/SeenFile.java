package dev.pipelinebox.internal.launch.code.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What a file looked like, which tells whether it is still the same without reading it.
 *
 * @param path where it is
 * @param size in bytes
 * @param modified when it was written
 * @param key what tells it from another file with its name, where the system has that
 */
public record SeenFile(Path path, long size, FileTime modified, Optional<Object> key) {

    /** As it is now. */
    public static SeenFile of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new SeenFile(
                path, attributes.size(), attributes.lastModifiedTime(), Optional.ofNullable(attributes.fileKey()));
    }
}
