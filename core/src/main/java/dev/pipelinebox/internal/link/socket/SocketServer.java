package dev.pipelinebox.internal.link.socket;

import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.LinkListener;
import dev.pipelinebox.internal.link.message.MessageCodec;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the workers of a master connect, each with the token that it was started with. Thread-safe; closed by the master
 * after the last of its workers is gone.
 */
public final class SocketServer implements AutoCloseable {

    /** Connections that have not shown a token; if there is one more, the oldest is closed. */
    static final int MOST_UNKNOWN = 32;

    private static final Duration ACCEPT_AGAIN = Duration.ofMillis(200);

    private record Expected(Predicate<String> token, SocketMasterLink link) {}

    private interface Opener {

        ListeningSocket open() throws IOException;
    }

    private final Opener opener;
    private final SocketLoop loop;
    private final MessageCodec codec = new MessageCodec();
    private final Map<Long, Expected> expected = new ConcurrentHashMap<>();

    /** The oldest first; used by the loop alone. */
    private final Deque<SocketConnection> unknown = new ArrayDeque<>();

    private ListeningSocket listening;
    private boolean isClosed;

    private SocketServer(Opener opener, SocketLoop loop, ListeningSocket listening) {
        this.opener = opener;
        this.loop = loop;
        this.listening = listening;
    }

    /** Opens a server; empty if the system has no such sockets, or no directory for them whose path is short enough. */
    public static Optional<SocketServer> open() {
        return open(ListeningSocket.roots());
    }

    /** The same in a private directory that is there, and that another process removes. */
    public static Optional<SocketServer> in(Path directory) {
        return open(() -> ListeningSocket.in(directory));
    }

    static Optional<SocketServer> open(List<Path> roots) {
        return open(() -> ListeningSocket.open(roots));
    }

    private static Optional<SocketServer> open(Opener opener) {
        try {
            ListeningSocket listening = opener.open();
            try {
                SocketServer server = new SocketServer(opener, new SocketLoop("pipelinebox-link"), listening);
                server.accept(listening);
                return Optional.of(server);
            } catch (IOException | RuntimeException unusable) {
                listening.close();
                throw unusable;
            }
        } catch (IOException | RuntimeException unusable) {
            log().info(
                            "Workers are reached over TCP, which is slower, since no Unix domain socket can be opened ({});"
                                    + " give a directory with a short path in XDG_RUNTIME_DIR",
                            unusable.getMessage());
            return Optional.empty();
        }
    }

    /**
     * The directory of the socket, as a worker is told it.
     *
     * @throws IOException if it was removed and no other can be made
     */
    public synchronized Path directory() throws IOException {
        if (isClosed) {
            throw new IOException("the master is closed");
        }
        if (!listening.isThere()) {
            listening.close();
            listening = opener.open();
            accept(listening);
        }
        return listening.directory();
    }

    /** The directory of the socket, even if it was removed. */
    public synchronized Path lastDirectory() {
        return listening.directory();
    }

    /** Where a worker connects that was told this directory. */
    public static Path address(Path directory) {
        return ListeningSocket.path(directory);
    }

    /**
     * Makes the master's end of the link to a process, which opens when the process shows a token that the predicate accepts.
     *
     * @param mailbox takes events on the thread of the loop, for {@link SocketMasterLink#receive}
     */
    public SocketMasterLink link(
            long process,
            Predicate<String> token,
            Consumer<? super LinkEvent> mailbox,
            LinkListener<WorkerToMaster, OutcomeEnvelope> listener) {
        SocketMasterLink link = new SocketMasterLink(this, process, codec, mailbox, listener);
        expected.put(process, new Expected(token, link));
        return link;
    }

    SocketLoop loop() {
        return loop;
    }

    /** The process is not expected any more; tells whether it was, so that it has not connected. */
    boolean forget(long process) {
        return expected.remove(process) != null;
    }

    private void accept(ListeningSocket socket) {
        loop.execute(() -> {
            try {
                loop.register(socket.channel(), SelectionKey.OP_ACCEPT, new Acceptor(socket.channel()));
            } catch (IOException closed) {
                log().debug("A socket was closed before it was used", closed);
            }
        });
    }

    private void accepted(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        Unknown receiver = new Unknown();
        SocketConnection connection = new SocketConnection(channel, loop, receiver);
        receiver.connection = connection;
        if (unknown.size() == MOST_UNKNOWN) {
            unknown.getFirst().end();
        }
        unknown.add(connection);
        connection.open();
    }

    private void greeted(SocketConnection connection, Greeting greeting) throws IOException {
        Expected worker = expected.get(greeting.process());
        boolean isExpected =
                worker != null && worker.token().test(greeting.token()) && expected.remove(greeting.process(), worker);
        if (worker == null || !isExpected) {
            throw new IOException("No worker is expected with this token");
        }
        unknown.remove(connection);
        connection.receiver(worker.link().onConnected(connection, codec));
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        loop.close();
        listening.close();
    }

    private static Logger log() {
        return LoggerFactory.getLogger(SocketServer.class);
    }

    /** Accepts one connection at a time, so that greetings are read in between. */
    private final class Acceptor implements SocketLoop.Handler {

        private final ServerSocketChannel channel;

        Acceptor(ServerSocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void onReady(SelectionKey key, ByteBuffer buffer) {
            try {
                SocketChannel next = channel.accept();
                if (next != null) {
                    accepted(next);
                }
            } catch (IOException exhausted) {
                pause(key, exhausted);
            }
        }

        /** It would be tried again and again, as long as this process has too many files open. */
        private void pause(SelectionKey key, IOException why) {
            if (key.isValid()) {
                log().warn("A worker's connection cannot be accepted; it is tried again in {}", ACCEPT_AGAIN, why);
                key.interestOps(0);
                loop.schedule(() -> resume(key), ACCEPT_AGAIN);
            }
        }

        private static void resume(SelectionKey key) {
            if (key.isValid()) {
                key.interestOps(SelectionKey.OP_ACCEPT);
            }
        }

        @Override
        public void onLoopEnded() {}
    }

    /** Reads the first frame of a connection. */
    private final class Unknown implements SocketConnection.Receiver {

        private @Nullable SocketConnection connection;

        @Override
        public int longestFrame() {
            return Greeting.LONGEST;
        }

        @Override
        public void onFrame(ByteBuffer frame) throws IOException {
            SocketConnection from = connection;
            if (from != null) {
                greeted(from, Greeting.read(frame));
            }
        }

        @Override
        public byte @Nullable [] onPayload(long taskId, int length) {
            throw new IllegalStateException("A payload before a greeting");
        }

        @Override
        public void onWritten() {}

        @Override
        public void onEnd() {
            unknown.remove(connection);
        }
    }
}
