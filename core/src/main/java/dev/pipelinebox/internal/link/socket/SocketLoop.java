package dev.pipelinebox.internal.link.socket;

import dev.pipelinebox.internal.os.SpinThenPark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a process's links: it reads from all connections, and writes what found no room in their sockets. It also
 * runs what others give it, in turn with that. No user code runs on it. Thread-safe.
 */
public final class SocketLoop implements Executor, AutoCloseable {

    /** So much is read at a time. */
    private static final int BUFFER_BYTES = 256 << 10;

    /** What a channel does when it can. */
    interface Handler {

        /** The channel is ready; the buffer is the loop's, and may be used during the call. */
        void onReady(SelectionKey key, ByteBuffer buffer);

        /** The loop has ended. */
        void onLoopEnded();
    }

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final SpinThenPark wait = new SpinThenPark();
    private final Thread thread;

    private final Object lock = new Object();
    private List<Runnable> requests = new ArrayList<>();
    private boolean isEnded;
    private volatile boolean hasRequests;
    private volatile boolean isBlocked;
    private volatile boolean isClosed;

    /** Used by the thread alone, like what follows. */
    private @Nullable Runnable timed;

    private long timedAt;

    /**
     * Starts the thread.
     *
     * @throws IOException if the system has no selector for it
     */
    public SocketLoop(String threadName) throws IOException {
        selector = Selector.open();
        thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs something on the loop's thread, after the channels that are ready now. Ignored once the loop is closed. */
    @Override
    public void execute(Runnable request) {
        synchronized (lock) {
            if (isEnded) {
                return;
            }
            requests.add(request);
            hasRequests = true;
        }
        if (isBlocked) {
            selector.wakeup();
        }
    }

    /** Runs something on the loop's thread after this time, instead of what was to run so before. On the loop's thread only. */
    public void schedule(Runnable task, Duration delay) {
        timed = task;
        timedAt = System.nanoTime() + delay.toNanos();
    }

    boolean isOnThread() {
        return Thread.currentThread() == thread;
    }

    /** On the loop's thread only. */
    void register(SelectableChannel channel, int operations, Handler handler) throws IOException {
        channel.register(selector, operations, handler);
    }

    @Nullable
    SelectionKey keyOf(SelectableChannel channel) {
        SelectionKey key = channel.keyFor(selector);
        return key != null && key.isValid() ? key : null;
    }

    private void run() {
        try {
            while (!isClosed) {
                await();
                handleReady();
                runRequests();
                runTimed();
            }
        } catch (IOException | RuntimeException unusable) {
            log().error("The links of this process have ended", unusable);
        } finally {
            isClosed = true;
            end();
        }
    }

    private void await() throws IOException {
        if (isWorkThere()) {
            return;
        }
        long begin = System.nanoTime();
        wait.lookOut(this::isWorkThere);
        isBlocked = true;
        // Not selectNow, which would take the wake-up of a request that came since hasRequests was read.
        if (!hasRequests && !isClosed && selector.selectedKeys().isEmpty()) {
            block();
        }
        isBlocked = false;
        wait.ended(begin);
    }

    /** Channels are looked at even if there are requests, so that these cannot keep them from being read. */
    private boolean isWorkThere() {
        try {
            return !selector.selectedKeys().isEmpty() || selector.selectNow() > 0 || hasRequests || isClosed;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private void block() throws IOException {
        if (timed == null) {
            selector.select();
        } else {
            long nanos = timedAt - System.nanoTime();
            if (nanos > 0) {
                selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
            }
        }
    }

    private void handleReady() {
        for (SelectionKey key : selector.selectedKeys()) {
            ((Handler) key.attachment()).onReady(key, buffer);
        }
        selector.selectedKeys().clear();
    }

    private void runRequests() {
        if (!hasRequests) {
            return;
        }
        List<Runnable> taken;
        synchronized (lock) {
            taken = requests;
            requests = new ArrayList<>();
            hasRequests = false;
        }
        taken.forEach(Runnable::run);
    }

    private void runTimed() {
        Runnable due = timed;
        if (due != null && System.nanoTime() - timedAt >= 0) {
            timed = null;
            due.run();
        }
    }

    private void end() {
        synchronized (lock) {
            isEnded = true;
            requests.clear();
        }
        for (SelectionKey key : List.copyOf(selector.keys())) {
            ((Handler) key.attachment()).onLoopEnded();
        }
        try {
            selector.close();
        } catch (IOException unclosable) {
            log().debug("A selector cannot be closed", unclosable);
        }
    }

    /** Ends the thread, and with it all connections. */
    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
    }

    private static Logger log() {
        return LoggerFactory.getLogger(SocketLoop.class);
    }
}
