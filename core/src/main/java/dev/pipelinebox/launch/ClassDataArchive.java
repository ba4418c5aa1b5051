package dev.pipelinebox.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of the library in the form in which a JVM maps them instead of loading them; it halves the start of a
 * worker. Made once for each Java installation and set of jars, by a JVM of its own in the background, and kept in the
 * user's cache directory. Thread-safe.
 */
final class ClassDataArchive implements AutoCloseable {

    static final String TRAINING_CLASS = "dev.pipelinebox.worker.ArchiveTraining";

    private static final String PREFIX = "workers-";
    private static final Duration KEPT_UNUSED = Duration.ofDays(30);

    private final JavaHome java;
    private final List<Path> jars;
    private final Path file;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile @Nullable Process training;
    private final CompletableFuture<Void> made = new CompletableFuture<>();
    private volatile boolean closed;

    private ClassDataArchive(JavaHome java, List<Path> jars, Path file) {
        this.java = java;
        this.jars = jars;
        this.file = file;
    }

    /** The archive for these jars; empty if the library is not in a jar, as in its own build, since none can be made. */
    static Optional<ClassDataArchive> of(Path directory, Path javaHome, List<Path> jars) {
        if (jars.stream().noneMatch(jar -> jar.getFileName().toString().startsWith("pipelinebox-core-"))) {
            return Optional.empty();
        }
        try {
            Path file = directory.resolve(PREFIX + fingerprint(javaHome, jars) + ".jsa");
            return Optional.of(new ClassDataArchive(new JavaHome(javaHome), jars, file));
        } catch (IOException unreadable) {
            log().debug("No class-data archive", unreadable);
            return Optional.empty();
        }
    }

    /** The archive, if it has been made; asking for it counts as its use. */
    Optional<Path> file() {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException anotherUsersFile) {
            log().debug("The use of {} could not be noted", file, anotherUsersFile);
        }
        return Optional.of(file);
    }

    /** Makes the archive in the background, unless it is there. */
    void create() {
        if (file().isPresent() || !asked.compareAndSet(false, true)) {
            return;
        }
        Thread thread = new Thread(this::train, "pipelinebox-archive");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for an archive that is being made. Otherwise a program that is always short would never get one. */
    void await(Duration patience) {
        if (asked.get()) {
            made.copy()
                    .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    @Override
    public void close() {
        closed = true;
        Process running = training;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    private void train() {
        Path unfinished = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.createDirectories(file.getParent());
            List<String> command = new ArrayList<>();
            command.add(java.executable().toString());
            command.addAll(CommandLine.own(java, List.of()));
            command.add("-XX:ArchiveClassesAtExit=" + unfinished);
            command.add("-cp");
            command.add(ClassPath.join(jars));
            command.add(TRAINING_CLASS);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            training = process;
            if (closed) {
                process.destroyForcibly();
            }
            if (process.waitFor() == 0 && Files.exists(unfinished)) {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                removeUnused();
            }
        } catch (IOException unwritable) {
            log().debug("No class-data archive", unwritable);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            delete(unfinished);
            made.complete(null);
        }
    }

    /** Removes the archives of jars and Java installations that nobody uses any longer. */
    private void removeUnused() throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(KEPT_UNUSED));
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(file.getParent(), PREFIX + "*")) {
            for (Path archive : archives) {
                if (Files.getLastModifiedTime(archive).compareTo(limit) < 0) {
                    Files.deleteIfExists(archive);
                }
            }
        }
    }

    private static void delete(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException stays) {
            log().debug("An unfinished class-data archive stays behind", stays);
        }
    }

    private static String fingerprint(Path javaHome, List<Path> jars) throws IOException {
        StringBuilder inputs = new StringBuilder(javaHome.toRealPath().toString());
        Path release = javaHome.resolve("release");
        inputs.append(Files.exists(release) ? Files.readString(release) : Runtime.version());
        for (Path jar : jars) {
            inputs.append('\n')
                    .append(jar)
                    .append(' ')
                    .append(Files.size(jar))
                    .append(' ')
                    .append(Files.getLastModifiedTime(jar).toMillis());
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(inputs.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(ClassDataArchive.class);
    }
}
