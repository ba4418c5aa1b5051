package dev.pipelinebox.internal.link.socket;

import dev.pipelinebox.internal.link.LinkListener;
import dev.pipelinebox.internal.link.WorkerLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.MessageCodec;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.transfer.InboundPayloads;
import dev.pipelinebox.internal.link.transfer.PayloadForm;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The worker's end. It belongs to the thread of the loop, on which the listener is called; other threads may send. */
public final class SocketWorkerLink implements WorkerLink<WorkerToMaster> {

    /** Receives what has arrived at this end. */
    public interface Listener extends LinkListener<MasterToWorker, TaskEnvelope> {

        /** Some of what was sent has left. */
        void onWritten();

        /** The connection has ended: the master is gone, or has given this process up. */
        void onDisconnected();
    }

    private final SocketConnection connection;
    private final OutgoingFrames<WorkerToMaster, ?> frames;

    private SocketWorkerLink(SocketChannel channel, SocketLoop loop, Listener listener) {
        MessageCodec codec = new MessageCodec();
        this.frames = OutgoingFrames.toMaster(codec);
        this.connection = new SocketConnection(channel, loop, new Reader(codec, listener));
    }

    /**
     * Connects to the master, to which the token proves the process. What has arrived is given to the listener from now on.
     *
     * @throws IOException if the master does not listen there
     */
    public static SocketWorkerLink connect(Path address, long process, String token, SocketLoop loop, Listener listener)
            throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(address));
        channel.configureBlocking(false);
        SocketWorkerLink link = new SocketWorkerLink(channel, loop, listener);
        loop.execute(link.connection::open);
        link.connection.send(List.of(Greeting.of(process, token)));
        return link;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void send(WorkerToMaster message) {
        connection.send(frames.of(message));
    }

    @Override
    public boolean isThreadSafe() {
        return true;
    }

    @Override
    public void onTick() {}

    @Override
    public boolean isIdle() {
        return waitingBytes() == 0;
    }

    @Override
    public boolean isQuiet() {
        return isIdle();
    }

    @Override
    public long waitingBytes() {
        return connection.unsentBytes();
    }

    @Override
    public void close() {
        connection.close();
    }

    private static final class Reader implements SocketConnection.Receiver {

        private final MessageCodec codec;
        private final Listener listener;
        private final InboundPayloads<MasterToWorker, TaskEnvelope> payloads;

        Reader(MessageCodec codec, Listener listener) {
            this.codec = codec;
            this.listener = listener;
            this.payloads = new InboundPayloads<>(PayloadForm.ARGUMENTS, true, listener::onUnreadable);
        }

        @Override
        public int longestFrame() {
            return FrameFormat.LONGEST_FRAME;
        }

        @Override
        public void onFrame(ByteBuffer frame) throws IOException {
            listener.onMessage(payloads.complete(codec.readMasterToWorker(frame)));
        }

        @Override
        public byte @Nullable [] onPayload(long taskId, int length) {
            return payloads.place(taskId, length);
        }

        @Override
        public void onWritten() {
            listener.onWritten();
        }

        @Override
        public void onEnd() {
            listener.onDisconnected();
        }
    }
}
