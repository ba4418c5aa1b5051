package dev.pipelinebox.benchmarks.floor;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A plain JVM that echoes messages. The first four bytes of a connection are the size of its messages. It reads each
 * message to its end before the reply.
 */
public final class EchoServer {

    private EchoServer() {}

    /**
     * Prints its port on standard output and serves until standard input ends.
     *
     * @param arguments none
     * @throws IOException if there is no port
     */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread accepting = new Thread(() -> accept(server), "echo-accept");
            accepting.setDaemon(true);
            accepting.start();
            System.out.println(server.getLocalPort());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread serving = new Thread(() -> serve(socket), "echo-serve");
                serving.setDaemon(true);
                serving.start();
            }
        } catch (IOException closed) {
            // The end has come.
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] message = new byte[in.readInt()];
            while (in.readNBytes(message, 0, message.length) == message.length) {
                socket.getOutputStream().write(message);
            }
        } catch (IOException gone) {
            // No reply is needed any more.
        }
    }
}
