package dev.pipelinebox.internal.launch.local;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.os.ProcessTree;
import dev.pipelinebox.internal.os.TimeLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's process on this machine, and what descends from it: none of that outlives it. */
public final class LocalProcess implements WorkerProcess {

    /** How long the rest of the output may take after the exit; a grandchild may hold the stream open for ever. */
    private static final Duration OUTPUT_PATIENCE = Duration.ofMillis(300);

    /** The same where the output has to tell whether the JVM ran out of memory. */
    private static final Duration LAST_WORDS_PATIENCE = Duration.ofSeconds(3);

    /** How long the end of the family, which takes some milliseconds, may hold up the news of the exit. */
    private static final Duration FAMILY_PATIENCE = Duration.ofMillis(100);

    /** Something to tell the process over its standard input. */
    @FunctionalInterface
    interface Told {
        void writeTo(OutputStream standardInput) throws IOException;
    }

    private final Process process;
    private final Executor background;
    private final OutputTail tail;
    private final OutputPrefix mark;
    private final CompletableFuture<Void> gone;
    private final CompletableFuture<Void> familyEnded;
    private final CompletableFuture<WorkerExit> exit;
    private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
    private volatile String killReason = "";

    /**
     * Watches a process that was started.
     *
     * @param family whose mark it was started with
     * @param background where it is told what it has to know, and where its family is ended
     * @param tail the last of its output
     * @param mark what its output is marked with
     * @param outputEnded completes when its output has been read
     * @param errorFile where its JVM reports a crash
     */
    LocalProcess(
            Process process,
            ProcessTree family,
            Executor background,
            OutputTail tail,
            OutputPrefix mark,
            CompletableFuture<Void> outputEnded,
            Path errorFile) {
        this.process = process;
        this.background = background;
        this.tail = tail;
        this.mark = mark;
        this.gone = CompletableFuture.runAsync(() -> awaitEnd(process, family), background);
        this.familyEnded =
                gone.thenAcceptAsync(ended -> end(family), background).exceptionally(LocalProcess::notEnded);
        this.exit = gone.thenCompose(ended -> CompletableFuture.allOf(
                        within(outputPatience(), outputEnded), within(FAMILY_PATIENCE, familyEnded)))
                .thenApply(ended -> diagnose(errorFile));
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public CompletionStage<Void> onEnd() {
        return gone.minimalCompletionStage();
    }

    @Override
    public CompletionStage<WorkerExit> onExit() {
        return exit;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void assign(int workerIndex) {
        mark.assign(workerIndex);
    }

    /**
     * Tells it something, after what it was told before. In the background, since a JVM that does not read would block; a
     * process that ends before is reported by its exit, with what it printed.
     */
    synchronized void tell(Told message) {
        told = told.thenRunAsync(() -> write(message), background);
    }

    private void write(Told message) {
        try {
            message.writeTo(process.getOutputStream());
        } catch (IOException gone) {
            tail.note("(it ended before it read its input: " + gone.getMessage() + ")");
        } catch (RuntimeException unwritable) {
            tail.note("(what it has to know cannot be written: " + unwritable + ")");
            kill("it could not be told what it has to know: " + unwritable);
        }
    }

    /** Completes when the process is gone and its descendants are. */
    CompletableFuture<Void> familyEnded() {
        return familyEnded;
    }

    /** The descendants that the system knows of end with it; those that it has lost sight of, when the exit is seen. */
    @Override
    public synchronized void kill(String reason) {
        if (!process.isAlive()) {
            return;
        }
        if (killReason.isEmpty()) {
            killReason = reason;
        }
        ProcessTree.destroy(process);
    }

    /** Not {@code Process.onExit}, which completes on the common pool, where user code may wait for this process. */
    private static void awaitEnd(Process process, ProcessTree family) {
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                family.awaitEnd(process);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(ProcessTree family) {
        if (!family.end()) {
            log().warn("Not all processes that were started by worker process {} could be killed", pid());
        }
    }

    private Duration outputPatience() {
        boolean outOfMemory = process.exitValue() == ExitDiagnosis.OUT_OF_MEMORY_EXIT;
        return outOfMemory ? LAST_WORDS_PATIENCE : OUTPUT_PATIENCE;
    }

    private WorkerExit diagnose(Path errorFile) {
        return new ExitDiagnosis(
                        process.exitValue(), killReason, tail.text(), tail.outOfMemory(), CrashReport.take(errorFile))
                .of(pid());
    }

    private static CompletableFuture<Void> within(Duration patience, CompletableFuture<Void> end) {
        return TimeLimits.complete(end.copy(), null, patience);
    }

    private static @Nullable Void notEnded(Throwable problem) {
        log().warn("The processes that a worker started could not be looked for", problem);
        return null;
    }

    private static Logger log() {
        return LoggerFactory.getLogger(LocalProcess.class);
    }
}
