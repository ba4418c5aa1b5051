package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.bootstrap.Bootstrap;
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
 * Ends this process, and the processes that user code started, when the application is gone for whatever reason: the kernel
 * closes the pipe to our standard input even after kill -9. An application that is merely stopped keeps it open.
 */
final class ParentWatch {

    private static final List<Path> DIRECTORIES = new CopyOnWriteArrayList<>();

    private ParentWatch() {}

    /** A directory that is removed at the end, since the application is gone and cannot do it. */
    static void removeAtEnd(Path folder) {
        DIRECTORIES.add(folder);
    }

    /** Ends this process at the end of the input, which nothing else may read from now on. */
    static void watchInput(InputStream input) {
        Thread thread = new Thread(() -> readToTheEnd(input), "pipelinebox-parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends this process at the end of the application's process. */
    static void watchProcess(long pid) {
        CompletionStage<?> gone =
                ProcessHandle.of(pid).map(ProcessHandle::onExit).orElse(CompletableFuture.completedFuture(null));
        gone.thenRun(ParentWatch::end);
    }

    /** Ends everything at once. Not {@code System.exit}: a shutdown hook of user code must not delay it. */
    static void end() {
        try {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            ProcessTree.own().ifPresent(ProcessTree::end);
            DIRECTORIES.forEach(LockedDirectory::removeIfAbandoned);
        } finally {
            Runtime.getRuntime().halt(Bootstrap.MASTER_LOST_EXIT);
        }
    }

    /** As {@link #watchInput}, by this thread, which keeps the JVM alive: all others of a worker may be daemons. */
    static void readToTheEnd(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            LoggerFactory.getLogger(ParentWatch.class).debug("The pipe to the master broke", broken);
        } finally {
            end();
        }
    }
}
