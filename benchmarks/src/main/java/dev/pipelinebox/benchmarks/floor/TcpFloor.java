package dev.pipelinebox.benchmarks.floor;

import java.io.IOException;
import java.util.List;

/** Two plain JVMs over loopback TCP: this one sends messages, the other one echoes them. */
public final class TcpFloor implements AutoCloseable {

    private final Child echo;
    private final int port;

    private TcpFloor(Child echo, int port) {
        this.echo = echo;
        this.port = port;
    }

    /**
     * Starts the other JVM.
     *
     * @return the pair
     * @throws IOException if it cannot be started
     */
    public static TcpFloor start() throws IOException {
        Child echo = Child.java(EchoServer.class, List.of());
        return new TcpFloor(echo, Integer.parseInt(echo.hear()));
    }

    /**
     * Opens a connection for messages of one size.
     *
     * @param bytes their size
     * @return the connection
     * @throws IOException if the other JVM is gone
     */
    public TcpLine connect(int bytes) throws IOException {
        return new TcpLine(port, bytes);
    }

    @Override
    public void close() {
        echo.close();
    }
}
