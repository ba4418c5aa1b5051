package dev.pipelinebox.internal.link.socket;

import dev.pipelinebox.internal.os.LockedDirectory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** A socket in a directory of its own, which only this user can enter: the kernel keeps others from connecting. */
final class ListeningSocket implements AutoCloseable {

    /** What fits on macOS (104) and Linux (108), with the zero at the end. */
    static final int LONGEST_PATH = 103;

    /** How many connections may wait to be accepted. */
    private static final int WAITING = 1024;

    private final Path directory;

    /** Empty if another process made the directory. */
    private final Optional<LockedDirectory> own;

    private final ServerSocketChannel channel;

    private ListeningSocket(Path directory, Optional<LockedDirectory> own, ServerSocketChannel channel) {
        this.directory = directory;
        this.own = own;
        this.channel = channel;
    }

    /** Where such sockets are made: in the user's runtime directory, if there is one, or in the temporary directory. */
    static List<Path> roots() {
        return Stream.concat(
                        Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR")).stream(),
                        Stream.of(System.getProperty("java.io.tmpdir")))
                .map(Path::of)
                .filter(Files::isDirectory)
                .toList();
    }

    /**
     * Listens in the first of these directories where that can be done.
     *
     * @throws IOException if it can be done in none
     */
    static ListeningSocket open(List<Path> roots) throws IOException {
        IOException problem = new IOException("there is no directory for it");
        for (Path root : roots) {
            try {
                return open(root);
            } catch (IOException | RuntimeException unusable) {
                problem = new IOException(root + ": " + unusable.getMessage(), unusable);
            }
        }
        throw problem;
    }

    private static ListeningSocket open(Path root) throws IOException {
        LockedDirectory directory = LockedDirectory.create(root);
        try {
            return new ListeningSocket(directory.path(), Optional.of(directory), listening(directory.path()));
        } catch (IOException | RuntimeException unusable) {
            directory.close();
            throw unusable;
        }
    }

    /** Listens in a directory that another process has made and removes. */
    static ListeningSocket in(Path directory) throws IOException {
        return new ListeningSocket(directory, Optional.empty(), listening(directory));
    }

    private static ServerSocketChannel listening(Path directory) throws IOException {
        Path path = path(directory);
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PATH) {
            throw new IOException(
                    "the path of a socket would have " + length + " bytes, and " + LONGEST_PATH + " are allowed");
        }
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), WAITING);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException | RuntimeException unusable) {
            channel.close();
            throw unusable;
        }
    }

    /** The socket in the directory of a server. */
    static Path path(Path directory) {
        return directory.resolve("s");
    }

    Path directory() {
        return directory;
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Systems remove old files from temporary directories. */
    boolean isThere() {
        return own.map(LockedDirectory::isThere).orElse(true) && Files.exists(path(directory));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException unclosable) {
            LoggerFactory.getLogger(ListeningSocket.class).debug("A socket cannot be closed", unclosable);
        }
        own.ifPresent(LockedDirectory::close);
    }
}
