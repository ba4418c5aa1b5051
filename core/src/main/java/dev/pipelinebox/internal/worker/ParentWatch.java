package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.os.LockedDirectory;
import dev.pipelinebox.internal.os.ProcessTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Ends this process, and the processes that user code started, when the caller is gone, however it went: the kernel
 * closes the pipe to our standard input even after kill -9. A caller that is merely stopped keeps it open.
 */
final class ParentWatch {

    private static final List<Path> SHARED = new CopyOnWriteArrayList<>();

    private ParentWatch() {}

    /** What this process shares with the caller is removed at the end, if the caller is gone and cannot do it. */
    static void share(Path folder) {
        SHARED.add(folder);
    }

    /** From the end of the input on; it must not be read by anybody else any more. */
    static void hold(InputStream lifeline) {
        Thread thread = new Thread(() -> readToTheEnd(lifeline), "pipelinebox-lifeline");
        thread.setDaemon(true);
        thread.start();
    }

    /** From the end of the caller's process on. */
    static void watch(long masterPid) {
        CompletionStage<?> gone =
                ProcessHandle.of(masterPid).map(ProcessHandle::onExit).orElse(CompletableFuture.completedFuture(null));
        gone.thenRun(ParentWatch::end);
    }

    /** Ends everything at once. Not {@code System.exit}: a shutdown hook of user code must not hold it up. */
    static void end() {
        try {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            ProcessTree.own().ifPresent(ProcessTree::end);
            SHARED.forEach(LockedDirectory::removeIfAbandoned);
        } finally {
            Runtime.getRuntime().halt(WorkerProcess.MASTER_LOST_EXIT);
        }
    }

    private static void readToTheEnd(InputStream lifeline) {
        try {
            lifeline.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            LoggerFactory.getLogger(ParentWatch.class).debug("The pipe to the master broke", broken);
        } finally {
            end();
        }
    }
}
