package dev.pipelinebox.internal.launch.archive;

import dev.pipelinebox.internal.launch.CodeEntries;
import dev.pipelinebox.internal.launch.JavaHome;
import dev.pipelinebox.internal.launch.JvmFlags;
import dev.pipelinebox.internal.os.LockedDirectory;
import dev.pipelinebox.internal.os.ProcessTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The classes of the library in the form in which a JVM maps them instead of loading them; it halves the start of a
 * worker. Made once for each Java installation and set of jars, by a JVM of its own in the background, and kept in the
 * user's cache directory. Thread-safe.
 */
public final class ClassDataArchive implements AutoCloseable {

    public static final String TRAINING_CLASS = "dev.pipelinebox.internal.worker.ArchiveTraining";

    /** What the deletion of an unfinished archive may take. */
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final JavaHome java;
    private final List<Path> jars;
    private final ArchiveStore files;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile @Nullable Process training;
    private final CompletableFuture<Void> made = new CompletableFuture<>();
    private volatile boolean closed;

    private ClassDataArchive(JavaHome java, List<Path> jars, ArchiveStore files) {
        this.java = java;
        this.jars = jars;
        this.files = files;
    }

    /** The archive for these jars; empty if the library is not in a jar, as in its own build, since none can be made. */
    public static Optional<ClassDataArchive> of(Path directory, Path javaHome, List<Path> jars, UserPrincipal user) {
        if (jars.stream().noneMatch(jar -> jar.getFileName().toString().startsWith("pipelinebox-core-"))) {
            return Optional.empty();
        }
        try {
            ArchiveStore files = new ArchiveStore(directory, fingerprint(javaHome, jars), user);
            return Optional.of(new ClassDataArchive(new JavaHome(javaHome), jars, files));
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(ClassDataArchive.class).debug("No class-data archive", unreadable);
            return Optional.empty();
        }
    }

    /** The archive, if it has been made; asking for it counts as its use. */
    public Optional<Path> file() {
        return files.find();
    }

    /** Makes the archive in the background, unless it is there or another program makes it. */
    public void create() {
        if (file().isPresent() || !asked.compareAndSet(false, true)) {
            return;
        }
        Thread thread = new Thread(this::train, "pipelinebox-archive");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for an archive that is being made. Otherwise a program that is always short would never get one. */
    public void await(Duration patience) {
        if (asked.get()) {
            made.copy()
                    .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    /** One that is being made is given up, and removed. */
    @Override
    public void close() {
        closed = true;
        Process running = training;
        if (running != null) {
            ProcessTree.destroy(running);
        }
        await(LONGEST_END);
    }

    private void train() {
        try {
            Optional<ArchiveStore.Lock> lock = files.tryLock();
            if (lock.isPresent()) {
                train(lock.get());
            }
        } catch (IOException unwritable) {
            LoggerFactory.getLogger(ClassDataArchive.class).debug("No class-data archive", unwritable);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            made.complete(null);
        }
    }

    private void train(ArchiveStore.Lock lock) throws IOException, InterruptedException {
        Path unfinished = files.unfinished();
        try (lock) {
            if (run(unfinished) == 0 && Files.exists(unfinished)) {
                files.keep(unfinished);
            }
        } finally {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(Path.of(unfinished + ".config"));
        }
    }

    private int run(Path unfinished) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(java.executable().toString());
        command.addAll(JvmFlags.of(java, List.of()));
        command.add(java.makesArchive() + unfinished);
        command.add("-cp");
        command.add(CodeEntries.join(jars));
        command.add(TRAINING_CLASS);
        try (LockedDirectory forItsSocket = LockedDirectory.create(Path.of(System.getProperty("java.io.tmpdir")))) {
            command.add(forItsSocket.path().toString());
            return run(command);
        }
    }

    private int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        training = process;
        if (closed) {
            ProcessTree.destroy(process);
        }
        return process.waitFor();
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
}
