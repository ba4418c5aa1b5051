package dev.pipelinebox.internal.launch.archive;

import dev.pipelinebox.internal.os.TrustedDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.slf4j.LoggerFactory;

/**
 * The files of the class-data archives in the user's cache directory. The name of each tells what it is for and what it
 * has to look like, since a JVM that maps one which was cut off crashes. Any number of programs may use one at a time.
 * What an archive holds is run as code, so none is taken that another user could have written. Thread-safe.
 */
final class ArchiveStore implements ArchiveLocation {

    private static final String PREFIX = "workers-";
    private static final String SUFFIX = ".jsa";
    private static final String UNFINISHED = ".part";
    private static final Duration KEPT_UNUSED = Duration.ofDays(30);

    /** Each has some 40 MiB, and each new build of the jars makes one. */
    private static final int MOST_KEPT = 8;

    /** No archive takes so long; the process that began it was killed. */
    private static final Duration KEPT_UNFINISHED = Duration.ofMinutes(10);

    private static final int LOOKED_AT = 4 << 10;

    private final Path directory;
    private final String purpose;
    private final UserPrincipal user;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    /**
     * The archives for one purpose.
     *
     * @param directory where they are
     * @param purpose which JVM and which jars they are for, as a part of the name
     * @param user whom this process belongs to
     */
    ArchiveStore(Path directory, String purpose, UserPrincipal user) {
        this.directory = directory;
        this.purpose = purpose;
        this.user = user;
    }

    /** Only one that is complete and belongs to this user. */
    @Override
    public Optional<Path> find() {
        if (Files.notExists(directory) || !isTrusted(directory)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(directory, PREFIX + purpose + "-*" + SUFFIX)) {
            for (Path archive : archives) {
                if (isTrusted(archive) && archive.getFileName().toString().equals(finalName(archive))) {
                    noteUse(archive);
                    return Optional.of(archive);
                }
            }
        } catch (IOException | RuntimeException noneYet) {
            log("There is no class-data archive", noneYet);
        }
        return Optional.empty();
    }

    @Override
    public Optional<ArchiveLock> tryLock() throws IOException {
        ensureDirectory();
        return ArchiveLock.tryLock(directory.resolve(PREFIX + purpose + ".lock"));
    }

    /** Only this user can enter the directory. */
    @Override
    public Path unfinished() throws IOException {
        ensureDirectory();
        return directory.resolve(PREFIX + purpose + "-" + UUID.randomUUID() + UNFINISHED);
    }

    /** Also removes what is of no use any more. */
    @Override
    public void keep(Path made) throws IOException {
        if (TrustedDirectory.isPosix(directory)) {
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
        }
        Files.move(made, directory.resolve(finalName(made)), StandardCopyOption.ATOMIC_MOVE);
        tidy();
    }

    private void ensureDirectory() throws IOException {
        new TrustedDirectory(directory).ensure(user);
    }

    private boolean isTrusted(Path path) {
        try {
            Optional<String> danger = TrustedDirectory.danger(path, user);
            danger.ifPresent(this::warnOnce);
            return danger.isEmpty();
        } catch (IOException gone) {
            log("A class-data archive cannot be looked at", gone);
            return false;
        }
    }

    private void warnOnce(String danger) {
        if (hasWarned.compareAndSet(false, true)) {
            LoggerFactory.getLogger(ArchiveStore.class)
                    .warn(
                            "Workers start slower, without a class-data archive, since it would run as code in them and {};"
                                    + " or set pipelinebox.worker.class-data-archive.directory to another directory",
                            danger);
        }
    }

    private void tidy() throws IOException {
        List<Path> archives = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                Duration kept = name.endsWith(SUFFIX) ? KEPT_UNUSED : KEPT_UNFINISHED;
                boolean isOld = Files.getLastModifiedTime(file)
                                .compareTo(FileTime.from(Instant.now().minus(kept)))
                        < 0;
                boolean isBroken =
                        name.startsWith(PREFIX + purpose) && name.endsWith(SUFFIX) && !name.equals(finalName(file));
                if (isOld || isBroken) {
                    Files.deleteIfExists(file);
                } else if (name.endsWith(SUFFIX)) {
                    archives.add(file);
                }
            }
        }
        archives.sort(Comparator.comparing(ArchiveStore::lastUse).reversed());
        for (Path leastUsed : archives.subList(Math.min(MOST_KEPT, archives.size()), archives.size())) {
            Files.deleteIfExists(leastUsed);
        }
    }

    private static FileTime lastUse(Path archive) {
        try {
            return Files.getLastModifiedTime(archive);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    /** Of its size, its first and its last bytes. */
    private String finalName(Path archive) throws IOException {
        CRC32 checksum = new CRC32();
        try (FileChannel channel = FileChannel.open(archive)) {
            long size = channel.size();
            ByteBuffer bytes = ByteBuffer.allocate(LOOKED_AT);
            for (long position : new long[] {0, Math.max(0, size - LOOKED_AT)}) {
                channel.read(bytes.clear(), position);
                checksum.update(bytes.flip());
            }
            checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, size));
        }
        return PREFIX + purpose + "-" + HexFormat.of().toHexDigits((int) checksum.getValue()) + SUFFIX;
    }

    private static void noteUse(Path archive) {
        try {
            Files.setLastModifiedTime(archive, FileTime.from(Instant.now()));
        } catch (IOException anotherUsersFile) {
            log("The use of a class-data archive could not be noted", anotherUsersFile);
        }
    }

    private static void log(String what, Exception problem) {
        LoggerFactory.getLogger(ArchiveStore.class).debug(what, problem);
    }
}
