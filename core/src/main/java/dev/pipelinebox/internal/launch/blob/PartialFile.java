package dev.pipelinebox.internal.launch.blob;

import dev.pipelinebox.internal.launch.code.manifest.CodeBlob;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A blob of which the first bytes are there. All but the bytes is in the name of the file.
 *
 * @param path the file
 * @param sha256 the digest of the whole
 * @param size of the whole, in bytes
 * @param owner who writes it
 */
record PartialFile(Path path, String sha256, long size, String owner) {

    private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})\\.(\\d{1,18})\\.([\\w-]+)\\.[0-9a-f-]+");

    /** A new name, which no other file ever has. */
    static PartialFile unnamed(Path directory, String sha256, long size, String owner) {
        Path path =
                directory.resolve(CodeBlob.requireDigest(sha256) + "." + size + "." + owner + "." + UUID.randomUUID());
        return new PartialFile(path, sha256, size, owner);
    }

    static Optional<PartialFile> of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches()
                ? Optional.of(new PartialFile(path, name.group(1), Long.parseLong(name.group(2)), name.group(3)))
                : Optional.empty();
    }

    /** The same with a new name, for another owner. */
    PartialFile of(String newOwner) {
        return unnamed(path.resolveSibling(""), sha256, size, newOwner);
    }

    boolean isInUse() {
        return FileOwner.isInUse(path, owner);
    }
}
