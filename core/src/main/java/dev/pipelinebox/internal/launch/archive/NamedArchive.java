package dev.pipelinebox.internal.launch.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/**
 * An archive in a file that the user names. A JVM does not use it if a jar has changed since it was made, so one that is
 * older than a jar counts as missing. Thread-safe.
 *
 * @param file where it is
 * @param jars what it has the classes of
 */
record NamedArchive(Path file, List<Path> jars) implements ArchiveLocation {

    @Override
    public Optional<Path> find() {
        try {
            return Files.exists(file) && !isOld() ? Optional.of(file) : Optional.empty();
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(NamedArchive.class).debug("A class-data archive cannot be checked", unreadable);
            return Optional.of(file);
        }
    }

    private boolean isOld() throws IOException {
        FileTime made = Files.getLastModifiedTime(file);
        for (Path jar : jars) {
            if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<ArchiveLock> tryLock() throws IOException {
        return ArchiveLock.tryLock(besides(".lock"));
    }

    @Override
    public Path unfinished() {
        return besides("-" + UUID.randomUUID() + ".part");
    }

    /** A JVM that has mapped the old file keeps it. */
    @Override
    public void keep(Path made) throws IOException {
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path besides(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
