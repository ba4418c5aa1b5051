package dev.pipelinebox.benchmarks.floor;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.FutureTask;

/** A connection to an {@link EchoServer}, for messages of one size. Not thread-safe. */
public final class TcpLine implements AutoCloseable {

    private static final double MEBI = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] message;
    private final byte[] answer;

    TcpLine(int port, int bytes) throws IOException {
        this.message = new byte[bytes];
        this.answer = new byte[bytes];
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        new DataOutputStream(out).writeInt(bytes);
    }

    /**
     * Sends messages one at a time, each after the reply to the one before.
     *
     * @param times how many
     * @return the time of each until its reply
     * @throws IOException if the other JVM is gone
     */
    public Latencies oneByOne(int times) throws IOException {
        return Latencies.of(times, () -> {
            out.write(message);
            receive();
        });
    }

    /**
     * Sends messages at full speed, and reads the replies meanwhile.
     *
     * @param times how many
     * @return the MiB a second, in each of the two directions
     * @throws Exception if the other JVM is gone
     */
    public double stream(int times) throws Exception {
        long begin = System.nanoTime();
        FutureTask<Void> sending = new FutureTask<>(() -> {
            for (int i = 0; i < times; i++) {
                out.write(message);
            }
            return null;
        });
        Thread thread = new Thread(sending, "tcp-sender");
        thread.setDaemon(true);
        thread.start();
        for (int i = 0; i < times; i++) {
            receive();
        }
        sending.get();
        return message.length / MEBI * times / ((System.nanoTime() - begin) / 1e9);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void receive() throws IOException {
        if (in.readNBytes(answer, 0, answer.length) < answer.length) {
            throw new EOFException("The echo server has ended");
        }
    }
}
