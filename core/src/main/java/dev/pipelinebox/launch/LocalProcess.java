package dev.pipelinebox.launch;

import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.protocol.WorkerProcess;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A worker's process on this machine. */
final class LocalProcess implements WorkerProcess {

    /** How long the rest of the output may take after the exit; a grandchild may hold the stream open for ever. */
    private static final Duration OUTPUT_PATIENCE = Duration.ofMillis(300);

    /** POSIX signal numbers that are the same on Linux and macOS. */
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV",
            13, "SIGPIPE", 15, "SIGTERM");

    /** The exit code of a JVM that was started with -XX:+ExitOnOutOfMemoryError and ran out of memory. */
    private static final int OUT_OF_MEMORY_EXIT = 3;

    private final Process process;
    private final CompletableFuture<WorkerExit> exit;
    private volatile String killReason = "";

    LocalProcess(Process process, OutputTail tail, CompletableFuture<Void> outputEnded) {
        this.process = process;
        this.exit = process.onExit()
                .thenCompose(gone ->
                        outputEnded.copy().completeOnTimeout(null, OUTPUT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .thenApply(ended -> new WorkerExit(
                        pid(),
                        process.exitValue(),
                        WorkerExit.Cause.EXIT_CALLED,
                        reason(tail.text()),
                        tail.text(),
                        "",
                        ""));
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
    public void assign(int workerIndex) {}

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

    private String reason(String output) {
        int code = process.exitValue();
        if (!killReason.isEmpty()) {
            return "killed by the master: " + killReason;
        }
        if (code == OUT_OF_MEMORY_EXIT && output.contains("java.lang.OutOfMemoryError")) {
            return "out of memory; give the worker a larger heap by WorkerOptions.withHeap or pipelinebox.worker.heap";
        }
        if (code > 128 && code < 128 + 65) {
            int signal = code - 128;
            return "killed by signal " + signal + " (" + SIGNALS.getOrDefault(signal, "unnamed") + ")";
        }
        return "exited with code " + code;
    }
}
