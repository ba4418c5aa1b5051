package dev.pipelinebox.internal.launch.archive;

import dev.pipelinebox.internal.os.LockedDirectory;
import dev.pipelinebox.internal.os.ProcessTree;
import dev.pipelinebox.internal.os.TimeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes in the background the archives that shorten the next start: that of the workers, then that of the program's own
 * JVM if its command line names one. Thread-safe.
 */
public final class ArchiveMaker implements AutoCloseable {

    /** What the deletion of an unfinished archive may take. */
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final Optional<ClassDataArchive> ofWorkers;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile @Nullable Process training;
    private volatile boolean closed;

    /** Makes nothing yet; there may be no archive of workers. */
    public ArchiveMaker(Optional<ClassDataArchive> ofWorkers) {
        this.ofWorkers = ofWorkers;
    }

    /** Makes what is missing, unless another program makes it. The calls after the first do nothing. */
    public void begin() {
        if (asked.compareAndSet(false, true)) {
            Thread thread = new Thread(this::run, "pipelinebox-archive");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Makes what is missing now.
     *
     * @throws IOException with the reason if one cannot be made
     * @throws InterruptedException if this thread is interrupted
     */
    public void make() throws IOException, InterruptedException {
        require(ofWorkers.orElseThrow(() -> new IOException("This library is not in a jar on the class path, of which"
                + " an archive could be made; put pipelinebox-core-VERSION.jar there")));
        Optional<ClassDataArchive> ofCaller = CallerJvm.current().archive();
        if (ofCaller.isPresent()) {
            require(ofCaller.get());
        }
    }

    private void require(ClassDataArchive archive) throws IOException, InterruptedException {
        make(archive);
        if (archive.file().isEmpty()) {
            throw new IOException("Another program is making this class-data archive just now; try again when it has");
        }
    }

    /** Waits for what is being made. Otherwise a program that is always short would never get an archive. */
    public void await(Duration patience) {
        if (asked.get()) {
            TimeLimits.complete(done.copy(), null, patience).join();
        }
    }

    /** An archive that is being made is given up and removed. */
    @Override
    public void close() {
        closed = true;
        Process running = training;
        if (running != null) {
            ProcessTree.destroy(running);
        }
        await(LONGEST_END);
    }

    private void run() {
        try {
            boolean isFirstRun = makeOfWorkers();
            CallerJvm caller = CallerJvm.current();
            Optional<ClassDataArchive> ofCaller = caller.archive();
            if (ofCaller.isPresent()) {
                makeOfCaller(ofCaller.get());
            } else if (isFirstRun && !caller.usesArchive()) {
                log().info(
                                "This program starts faster with a class-data archive of its own: add {} to its command line",
                                caller.advice());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            done.complete(null);
        }
    }

    private boolean makeOfWorkers() throws InterruptedException {
        try {
            return ofWorkers.isPresent() && make(ofWorkers.get());
        } catch (IOException unwritable) {
            log().debug("No class-data archive of the workers", unwritable);
            return false;
        }
    }

    /** The user has asked for this one. */
    private void makeOfCaller(ClassDataArchive archive) throws InterruptedException {
        try {
            make(archive);
        } catch (IOException failed) {
            log().warn("The class-data archive that the command line names cannot be made: {}", failed.toString());
        }
    }

    /** Whether it has been made now. */
    private boolean make(ClassDataArchive archive) throws IOException, InterruptedException {
        if (closed || archive.file().isPresent()) {
            return false;
        }
        Optional<ArchiveLock> lock = archive.location().tryLock();
        return lock.isPresent() && make(archive, lock.get());
    }

    private boolean make(ClassDataArchive archive, ArchiveLock lock) throws IOException, InterruptedException {
        try (lock) {
            return archive.file().isEmpty() && make(archive, archive.location().unfinished());
        }
    }

    private boolean make(ClassDataArchive archive, Path unfinished) throws IOException, InterruptedException {
        try {
            int exit = train(archive.training(), unfinished);
            if (closed) {
                return false;
            }
            if (exit != 0 || Files.notExists(unfinished)) {
                throw new IOException("the JVM that makes it ended with exit code " + exit);
            }
            archive.location().keep(unfinished);
            return true;
        } finally {
            for (Path file : TrainingJvm.filesOf(unfinished)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private int train(TrainingJvm jvm, Path unfinished) throws IOException, InterruptedException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (LockedDirectory forItsSocket = LockedDirectory.create(temporary)) {
            Process process = jvm.start(unfinished, forItsSocket);
            training = process;
            if (closed) {
                ProcessTree.destroy(process);
            }
            return process.waitFor();
        } finally {
            LockedDirectory.removeAbandonedIn(temporary);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(ArchiveMaker.class);
    }
}
