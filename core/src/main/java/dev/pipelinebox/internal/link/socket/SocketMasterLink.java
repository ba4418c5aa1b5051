package dev.pipelinebox.internal.link.socket;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.LinkListener;
import dev.pipelinebox.internal.link.MasterLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.MessageCodec;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.transfer.InboundPayloads;
import dev.pipelinebox.internal.link.transfer.PayloadForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The master's end. It opens when the worker's process connects to the {@link SocketServer} with its token. Messages are read
 * and decoded on the thread of the loop, which also makes the calls of {@link LinkListener#onUnreadable}.
 */
public final class SocketMasterLink implements MasterLink {

    /** A process that has inherited the socket from the worker could keep it open for ever. */
    private static final Duration LAST_TRANSIT = Duration.ofMillis(500);

    /** A connection of a process that has ended is accepted, behind others, and its greeting read in so many rounds of the loop. */
    private static final int LAST_ROUNDS = 100;

    private final SocketServer server;
    private final long process;
    private final Consumer<? super LinkEvent> mailbox;
    private final LinkListener<WorkerToMaster, OutcomeEnvelope> listener;
    private final OutgoingFrames<MasterToWorker, ?> frames;

    /** Messages that were sent before the worker has connected. */
    private final List<MasterToWorker> early = new ArrayList<>();

    private @Nullable SocketConnection connection;

    /** The same as soon as it is there; {@link #connection} comes by the mailbox. */
    private volatile @Nullable SocketConnection accepted;

    private long received;
    private boolean isAnswerDue;
    private boolean isAtEnd;

    /**
     * Waits for a process.
     *
     * @param mailbox takes events, from another thread, for {@link #receive}
     */
    SocketMasterLink(
            SocketServer server,
            long process,
            MessageCodec codec,
            Consumer<? super LinkEvent> mailbox,
            LinkListener<WorkerToMaster, OutcomeEnvelope> listener) {
        this.server = server;
        this.process = process;
        this.mailbox = mailbox;
        this.listener = listener;
        this.frames = OutgoingFrames.toWorker(codec);
    }

    /** The process has connected; on the loop's thread, with what reads from now on. */
    SocketConnection.Receiver onConnected(SocketConnection opened, MessageCodec codec) {
        accepted = opened;
        mailbox.accept(new SocketEvent.Connected(opened));
        return new Reader(codec);
    }

    @Override
    public boolean isOpen() {
        return connection != null;
    }

    @Override
    public void send(MasterToWorker message) {
        SocketConnection open = connection;
        if (open == null) {
            early.add(message);
        } else {
            isAnswerDue |= message instanceof MasterToWorker.Ping;
            open.send(frames.of(message));
        }
    }

    @Override
    public boolean receive(LinkEvent event) {
        if (event instanceof SocketEvent.Received next) {
            onAlive();
            listener.onMessage(next.message());
        } else if (event instanceof SocketEvent.Connected first) {
            connection = first.connection();
            onAlive();
            early.forEach(this::send);
            early.clear();
        } else if (event == SocketEvent.Ended.NOW) {
            isAtEnd = true;
        } else {
            return false;
        }
        return true;
    }

    private void onAlive() {
        received++;
        isAnswerDue = false;
    }

    @Override
    public void onTick() {}

    @Override
    public long delivered() {
        return received;
    }

    @Override
    public boolean isIdle() {
        return !isAnswerDue;
    }

    @Override
    public boolean isQuiet() {
        return isIdle() && waitingBytes() == 0;
    }

    @Override
    public long waitingBytes() {
        SocketConnection open = connection;
        return open == null ? 0 : open.unsentBytes();
    }

    @Override
    public boolean isAtEnd() {
        return isAtEnd;
    }

    /** What it has sent is read until the end; if it has not connected, there may still be a connection to accept. */
    @Override
    public void onProcessExited() {
        if (connection == null) {
            awaitLast(LAST_ROUNDS);
        }
    }

    private void awaitLast(int rounds) {
        server.loop().execute(() -> {
            if (rounds > 0) {
                awaitLast(rounds - 1);
            } else if (server.forget(process)) {
                mailbox.accept(SocketEvent.Ended.NOW);
            }
        });
    }

    @Override
    public Duration lastTransit() {
        return LAST_TRANSIT;
    }

    @Override
    public void close() {
        server.forget(process);
        SocketConnection open = accepted;
        if (open != null) {
            open.close();
        }
    }

    /** Reads on the thread of the loop. */
    private final class Reader implements SocketConnection.Receiver {

        private final MessageCodec codec;
        private final InboundPayloads<WorkerToMaster, OutcomeEnvelope> payloads =
                new InboundPayloads<>(PayloadForm.RESULTS, false, this::onUnreadable);

        Reader(MessageCodec codec) {
            this.codec = codec;
        }

        private Optional<OutcomeEnvelope> onUnreadable(OutcomeEnvelope outcome, PayloadException why) {
            return listener.onUnreadable(outcome, why);
        }

        @Override
        public int longestFrame() {
            return FrameFormat.LONGEST_FRAME;
        }

        @Override
        public void onFrame(ByteBuffer frame) throws IOException {
            mailbox.accept(new SocketEvent.Received(payloads.complete(codec.readWorkerToMaster(frame))));
        }

        @Override
        public byte @Nullable [] onPayload(long taskId, int length) {
            return payloads.place(taskId, length);
        }

        @Override
        public void onWritten() {}

        @Override
        public void onEnd() {
            mailbox.accept(SocketEvent.Ended.NOW);
        }
    }
}
