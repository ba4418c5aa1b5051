package dev.pipelinebox.internal.launch.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/**
 * An archive in a file that the user names. A file beside it has the fingerprint of what it was made for, so one that does
 * not fit any more is made again. An archive without such a file is the user's own and left alone. Thread-safe.
 *
 * @param file where it is
 * @param fingerprint what it has to be made for
 */
record NamedArchive(Path file, String fingerprint) implements ArchiveLocation {

    private static final String UNFINISHED = ".part";

    /** No archive takes so long; the process that began it was killed. */
    private static final Duration KEPT_UNFINISHED = Duration.ofMinutes(10);

    /** Says of an archive that it is ours and has to be made again. */
    private static final String NONE = "";

    @Override
    public Optional<Path> find() {
        try {
            boolean isThere = Files.exists(file);
            boolean isOld = isThere
                    && Files.exists(fingerprintFile())
                    && !Files.readString(fingerprintFile()).equals(fingerprint);
            return isThere && !isOld ? Optional.of(file) : Optional.empty();
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(NamedArchive.class).debug("A class-data archive cannot be checked", unreadable);
            return Optional.of(file);
        }
    }

    @Override
    public Optional<ArchiveLock> tryLock() throws IOException {
        if (!Files.isWritable(directory())) {
            throw new IOException(
                    directory() + " does not exist or cannot be written; name a file in another directory");
        }
        return ArchiveLock.tryLock(besides(".lock"));
    }

    /** Also removes what a program left behind that was killed. */
    @Override
    public Path unfinished() throws IOException {
        try (DirectoryStream<Path> abandoned = Files.newDirectoryStream(directory(), this::isAbandoned)) {
            for (Path part : abandoned) {
                Files.deleteIfExists(part);
            }
        }
        return besides("-" + UUID.randomUUID() + UNFINISHED);
    }

    private boolean isAbandoned(Path other) throws IOException {
        String name = other.getFileName().toString();
        return name.startsWith(file.getFileName() + "-")
                && name.contains(UNFINISHED)
                && Files.getLastModifiedTime(other)
                        .toInstant()
                        .isBefore(Instant.now().minus(KEPT_UNFINISHED));
    }

    /** A JVM that has mapped the old file keeps it. One that maps a file which was cut off crashes. */
    @Override
    public void keep(Path made) throws IOException {
        try (FileChannel written = FileChannel.open(made)) {
            written.force(true);
        }
        Files.writeString(fingerprintFile(), NONE);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(fingerprintFile(), fingerprint);
    }

    private Path fingerprintFile() {
        return besides(".fingerprint");
    }

    private Path directory() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
    }

    private Path besides(String suffix) {
        return directory().resolve(file.getFileName() + suffix);
    }
}
