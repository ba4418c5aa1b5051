package dev.pipelinebox.internal.launch.local;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.launch.JavaHome;
import dev.pipelinebox.internal.launch.LaunchSettings;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.launch.WorkerStarter;
import dev.pipelinebox.internal.launch.archive.ArchiveMaker;
import dev.pipelinebox.internal.launch.archive.ClassDataArchive;
import dev.pipelinebox.internal.os.ProcessTree;
import dev.pipelinebox.internal.os.TimeLimits;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Starts worker JVMs on this machine. Thread-safe; closed by the master after the last of its workers is gone.
 *
 * <p>Launching takes a few milliseconds and may wait for the disk, so it happens on a thread of its own.
 */
public final class LocalStarter implements WorkerStarter {

    /** What the end of processes that are killed may take. */
    private static final Duration LONGEST_END = Duration.ofSeconds(3);

    private final LaunchSettings settings;
    private final Supplier<PrintStream> out;
    private final Supplier<PrintStream> err;
    private final WorkerCode code;
    private final LaunchDirectory directory;
    private final Optional<ClassDataArchive> archive;
    private final Optional<ArchiveMaker> maker;
    private final ExecutorService launching = Executors.newSingleThreadExecutor(daemons("pipelinebox-launcher"));
    private final ExecutorService background = Executors.newCachedThreadPool(daemons("pipelinebox-processes"));
    private final Set<LocalProcess> running = ConcurrentHashMap.newKeySet();
    private final ResourceShares shares = new ResourceShares(ResourceShare::ofThisMachine);
    /** Waits for its worker; used by the launching thread alone. */
    private @Nullable LocalProcess ahead;

    /**
     * A starter for workers of the same code.
     *
     * @param settings how to start where the options say nothing else
     * @param code is closed with this
     * @param out where the workers' standard output goes
     * @param err where the workers' standard error goes
     * @throws UncheckedIOException if the temporary directory cannot be written
     */
    public LocalStarter(
            LaunchSettings settings, WorkerCode code, Supplier<PrintStream> out, Supplier<PrintStream> err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
        this.code = code;
        try {
            this.directory = new LaunchDirectory(code.arguments());
            UserPrincipal user = directory.owner();
            this.archive = settings.archiveDirectory()
                    .flatMap(path -> ClassDataArchive.ofWorkers(path, settings.javaHome(), code.library(), user));
            this.maker = settings.archiveDirectory().map(path -> new ArchiveMaker(archive));
        } catch (IOException unwritable) {
            code.close();
            throw new UncheckedIOException(
                    "The temporary directory " + System.getProperty("java.io.tmpdir") + " cannot be written",
                    unwritable);
        } catch (RuntimeException unusable) {
            code.close();
            throw unusable;
        }
    }

    @Override
    public void check(WorkerOptions options) {
        JavaHome.checked(options.javaHome().orElse(settings.javaHome()));
        options.directory().or(settings::directory).ifPresent(directory -> {
            if (!Files.isDirectory(directory)) {
                throw new IllegalArgumentException("The working directory " + directory
                        + " of a worker does not exist; create it first or give another one");
            }
        });
    }

    /**
     * Starts the process of the first worker ahead, so that it comes up while the master does. It is used if that worker
     * has no options of its own, and ended otherwise.
     */
    public void startAhead(EarlyBootstrap early) {
        launching.execute(() -> {
            try {
                ahead = start(early, 0, WorkerOptions.defaults());
            } catch (WorkerStartException unstartable) {
                LoggerFactory.getLogger(LocalStarter.class)
                        .debug("Not started ahead; the first worker will say why it cannot be", unstartable);
            }
        });
    }

    @Override
    public CompletionStage<WorkerProcess> start(Bootstrap bootstrap, WorkerOptions options) {
        shares.onAsked(bootstrap.index());
        return CompletableFuture.supplyAsync(
                () -> {
                    shares.onTaken();
                    LocalProcess process = takeAhead(bootstrap, options)
                            .orElseGet(() -> start(bootstrap.early(), bootstrap.index(), options));
                    process.tell(bootstrap::writeTo);
                    return process;
                },
                launching);
    }

    private Optional<LocalProcess> takeAhead(Bootstrap bootstrap, WorkerOptions options) {
        LocalProcess waiting = ahead;
        ahead = null;
        if (waiting == null || !waiting.isAlive()) {
            return Optional.empty();
        }
        if (bootstrap.process() == EarlyBootstrap.FIRST_PROCESS && options.equals(WorkerOptions.defaults())) {
            waiting.assign(bootstrap.index());
            return Optional.of(waiting);
        }
        waiting.kill("it was started ahead, for a worker without options of its own");
        return Optional.empty();
    }

    /** So many workers are going to be added: what is started until then leaves room for them. */
    public void announce(int workers) {
        shares.onAnnounced(workers);
    }

    /** A worker that was announced has become ready or never will. */
    public void settle(int index) {
        shares.onSettled(index);
    }

    /** Prepares, in the background, what makes the next start quicker. To be called when the first worker is ready. */
    public void prepareNextStart() {
        maker.ifPresent(ArchiveMaker::begin);
    }

    /** Waits for what {@link #prepareNextStart} began. */
    public void awaitPreparation(Duration patience) {
        maker.ifPresent(archives -> archives.await(patience));
    }

    /** The processes that they started, too. */
    @Override
    public void killAll(String reason) {
        running.forEach(process -> process.kill(reason));
        TimeLimits.complete(
                        CompletableFuture.allOf(
                                running.stream().map(LocalProcess::familyEnded).toArray(CompletableFuture[]::new)),
                        null,
                        LONGEST_END)
                .join();
    }

    /**
     * Kills what still runs, waits until no process is left that a worker started, ends what works in the background
     * and removes the temporary files. A second call does nothing.
     */
    @Override
    public void close() {
        launching.shutdownNow();
        maker.ifPresent(ArchiveMaker::close);
        awaitLaunch();
        killAll("the master was closed");
        background.shutdown();
        directory.close();
        code.close();
    }

    private LocalProcess start(EarlyBootstrap early, int index, WorkerOptions options) {
        JavaHome java = new JavaHome(options.javaHome().orElse(settings.javaHome()));
        Optional<Path> shared =
                java.home().equals(settings.javaHome()) ? archive.flatMap(ClassDataArchive::file) : Optional.empty();
        ResourceShare share = shares.share(index, living());
        try {
            code.ensure();
            Path files = directory.ensured();
            ProcessBuilder builder =
                    new ProcessBuilder(JvmCommandLine.of(java, settings, options, share, files, shared));
            ProcessTree family = ProcessTree.create();
            InheritedVariables.restrict(builder.environment());
            builder.environment().putAll(options.environment());
            family.mark(builder.environment());
            options.directory().or(settings::directory).ifPresent(path -> builder.directory(path.toFile()));
            LocalProcess started = watched(builder.start(), family, index, files);
            started.tell(early::writeTo);
            return started;
        } catch (IOException unstartable) {
            throw new WorkerStartException(
                    "The process of a worker could not be launched (" + java.executable() + "): "
                            + unstartable.getMessage(),
                    unstartable);
        }
    }

    /** One that has ended while its family is still looked for shares nothing with who replaces it. */
    private int living() {
        return (int) running.stream().filter(LocalProcess::isAlive).count();
    }

    /** A process that cannot be watched, because no thread can be created, must not live. */
    private LocalProcess watched(Process process, ProcessTree family, int index, Path files) {
        try {
            OutputTail tail = new OutputTail();
            OutputPrefix mark = new OutputPrefix(index);
            CompletableFuture<Void> outputEnded = CompletableFuture.allOf(
                    OutputPump.start(process.getInputStream(), out, tail, mark),
                    OutputPump.start(process.getErrorStream(), err, tail, mark));
            Path errorFile = LaunchDirectory.errorFile(files, process.pid());
            LocalProcess started = new LocalProcess(process, family, background, tail, mark, outputEnded, errorFile);
            running.add(started);
            CompletionStage<Void> gone = started.familyEnded();
            gone.thenRun(() -> running.remove(started));
            return started;
        } catch (Throwable unwatched) {
            process.destroyForcibly();
            throw unwatched;
        }
    }

    /** A process that is being started now is not to be missed by who closes. */
    private void awaitLaunch() {
        boolean interrupted = Thread.interrupted();
        try {
            launching.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
