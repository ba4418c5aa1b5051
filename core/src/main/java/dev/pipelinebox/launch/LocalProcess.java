package dev.pipelinebox.launch;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.protocol.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A worker's process on this machine. */
final class LocalProcess implements WorkerProcess {

    /** How long the rest of the output may take after the exit; a grandchild may hold the stream open for ever. */
    private static final Duration OUTPUT_PATIENCE = Duration.ofMillis(300);

    /** The same where the output has to tell whether the JVM ran out of memory. */
    private static final Duration LAST_WORDS_PATIENCE = Duration.ofSeconds(3);

    private final Process process;
    private final CompletableFuture<WorkerExit> exit;
    private volatile String killReason = "";

    LocalProcess(Process process, OutputTail tail, CompletableFuture<Void> outputEnded, Path errorFile) {
        this.process = process;
        this.exit = process.onExit()
                .thenCompose(gone -> outputEnded
                        .copy()
                        .completeOnTimeout(null, outputPatience().toMillis(), TimeUnit.MILLISECONDS))
                .thenApply(ended -> diagnose(tail, errorFile));
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public CompletionStage<WorkerExit> onExit() {
        return exit;
    }

    @Override
    public synchronized void kill(String reason) {
        if (!process.isAlive()) {
            return;
        }
        if (killReason.isEmpty()) {
            killReason = reason;
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private Duration outputPatience() {
        boolean outOfMemory = process.exitValue() == ExitDiagnosis.OUT_OF_MEMORY_EXIT;
        return outOfMemory ? LAST_WORDS_PATIENCE : OUTPUT_PATIENCE;
    }

    private WorkerExit diagnose(OutputTail tail, Path errorFile) {
        return new ExitDiagnosis(
                        process.exitValue(), killReason, tail.text(), tail.outOfMemory(), CrashReport.take(errorFile))
                .of(pid());
    }
}
