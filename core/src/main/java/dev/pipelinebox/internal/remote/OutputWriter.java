package dev.pipelinebox.internal.remote;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Writes the output of workers on other machines, on a thread of its own: a console that stands still must not hold up the
 * leases. What it has no room for then is lost, the oldest first. Thread-safe.
 */
final class OutputWriter implements AutoCloseable {

    private static final int MOST_WAITING = 4096;
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final Supplier<PrintStream> out;
    private final Supplier<PrintStream> err;
    private final ThreadPoolExecutor writing = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            OutputWriter::daemon,
            new ThreadPoolExecutor.DiscardOldestPolicy());

    OutputWriter(Supplier<PrintStream> out, Supplier<PrintStream> err) {
        this.out = out;
        this.err = err;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pipelinebox-hosts-output");
        thread.setDaemon(true);
        return thread;
    }

    void write(boolean toErr, byte[] bytes) {
        writing.execute(() -> {
            PrintStream stream = (toErr ? err : out).get();
            stream.write(bytes, 0, bytes.length);
            stream.flush();
        });
    }

    /** What waits is still written, if that takes no longer than a second. */
    @Override
    public void close() {
        writing.shutdown();
        try {
            if (!writing.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                writing.shutdownNow();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
