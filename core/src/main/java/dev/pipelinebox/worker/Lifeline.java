package dev.pipelinebox.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Ends this process, and the processes that user code started, when the caller is gone, however it went: the kernel
 * closes the pipe to our standard input even after kill -9. A caller that is merely stopped keeps it open.
 */
final class Lifeline {

    /** The exit code of a worker whose master is gone; nobody is left to read it but a person looking at a log. */
    static final int MASTER_GONE = 143;

    private Lifeline() {}

    static void hold(InputStream lifeline, long masterPid) {
        Thread thread = new Thread(() -> readToTheEnd(lifeline), "pipelinebox-lifeline");
        thread.setDaemon(true);
        thread.start();
        CompletionStage<?> gone =
                ProcessHandle.of(masterPid).map(ProcessHandle::onExit).orElse(CompletableFuture.completedFuture(null));
        gone.thenRun(Lifeline::end);
    }

    /** Ends everything at once. Not {@code System.exit}: a shutdown hook of user code must not hold it up. */
    static void end() {
        try {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        } finally {
            Runtime.getRuntime().halt(MASTER_GONE);
        }
    }

    private static void readToTheEnd(InputStream lifeline) {
        try {
            lifeline.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException broken) {
            System.err.println("The pipe to the master broke: " + broken);
        } finally {
            end();
        }
    }
}
