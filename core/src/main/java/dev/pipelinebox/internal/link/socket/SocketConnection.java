package dev.pipelinebox.internal.link.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that carries frames and payloads, in {@link FrameFormat}. What is small is written by the thread that sends
 * it, as far as the socket has room; the {@link SocketLoop} writes the rest, and reads. Thread-safe.
 */
final class SocketConnection implements SocketLoop.Handler {

    /** Receives what arrives, on the thread of the loop. */
    interface Receiver {

        /** The longest frame that is taken. */
        int longestFrame();

        /** A whole frame; the buffer is valid during the call only. */
        void onFrame(ByteBuffer frame) throws IOException;

        /** A payload of so many bytes comes next; returns where to put it, or {@code null} to discard it. */
        byte @Nullable [] onPayload(long taskId, int length);

        /** Some of what was sent has left. */
        void onWritten();

        /** Nothing comes any more; the last call. */
        void onEnd();
    }

    /** So much is written at a time, since the JDK copies it into memory of its own first. */
    private static final int WRITE_BYTES = 256 << 10;

    /** What is larger is written by the loop. */
    private static final int SMALL_BYTES = 32 << 10;

    private final SocketChannel channel;
    private final SocketLoop loop;
    private Receiver receiver;

    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private long unsentBytes;
    private boolean isWriting;
    private boolean isUnwritable;
    private boolean isClosed;

    /** What follows is used by the loop alone: the beginning of a head whose rest has not come. */
    private final ByteBuffer head = ByteBuffer.allocate(FrameFormat.PAYLOAD_HEAD);

    /** The frame or payload of which a part has come. */
    private @Nullable ByteBuffer partial;

    private boolean isPartialAFrame;

    /** So much of a payload is still to be discarded. */
    private int toDiscard;

    /** Of a channel that does not block; to be followed by {@link #open}. */
    SocketConnection(SocketChannel channel, SocketLoop loop, Receiver receiver) {
        this.channel = channel;
        this.loop = loop;
        this.receiver = receiver;
    }

    /** Begins to read. On the loop's thread only. */
    void open() {
        try {
            loop.register(channel, SelectionKey.OP_READ, this);
        } catch (IOException | RuntimeException closed) {
            log().debug("A connection was closed before it was used", closed);
            end();
        }
    }

    /** What arrives from now on is for another receiver. On the loop's thread only. */
    void receiver(Receiver next) {
        receiver = next;
    }

    /** Sends what the buffers hold, which belong to the connection from now on. */
    void send(List<ByteBuffer> buffers) {
        synchronized (this) {
            if (isClosed || isUnwritable) {
                return;
            }
            unsent.addAll(buffers);
            for (ByteBuffer buffer : buffers) {
                unsentBytes += buffer.remaining();
            }
            if (isWriting) {
                return;
            }
            isWriting = true;
        }
        write();
    }

    synchronized long unsentBytes() {
        return unsentBytes;
    }

    /** Writes what the socket has room for; the rest is for the loop. */
    private void write() {
        try {
            for (ByteBuffer next = first(); next != null; next = first()) {
                boolean isMine = next.remaining() <= SMALL_BYTES || loop.isOnThread();
                if (!isMine || !writeSome(next)) {
                    loop.execute(this::awaitRoom);
                    return;
                }
            }
        } catch (IOException broken) {
            onUnwritable();
        }
    }

    /** Nothing more is sent. What the other end has sent before is still read. */
    private void onUnwritable() {
        synchronized (this) {
            isUnwritable = true;
        }
        forget();
        try {
            channel.shutdownOutput();
        } catch (IOException alreadyBroken) {
            log().debug("A connection is broken", alreadyBroken);
        }
    }

    private synchronized @Nullable ByteBuffer first() {
        ByteBuffer next = unsent.peekFirst();
        while (next != null && !next.hasRemaining()) {
            unsent.removeFirst();
            next = unsent.peekFirst();
        }
        isWriting = next != null;
        return next;
    }

    /** Tells whether the socket had room for all that was tried. */
    private boolean writeSome(ByteBuffer next) throws IOException {
        ByteBuffer part = next.slice(next.position(), Math.min(next.remaining(), WRITE_BYTES));
        int length = part.remaining();
        int written = channel.write(part);
        next.position(next.position() + written);
        synchronized (this) {
            unsentBytes -= Math.min(written, unsentBytes);
        }
        return written == length;
    }

    private synchronized void forget() {
        unsent.clear();
        unsentBytes = 0;
        isWriting = false;
    }

    /** On the loop's thread. */
    private void awaitRoom() {
        SelectionKey key = loop.keyOf(channel);
        if (key != null) {
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    @Override
    public void onReady(SelectionKey key, ByteBuffer buffer) {
        if (key.isValid() && key.isWritable()) {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            write();
            receiver.onWritten();
        }
        if (key.isValid() && key.isReadable()) {
            read(buffer);
        }
    }

    private void read(ByteBuffer buffer) {
        try {
            ByteBuffer begun = partial;
            int count = begun == null ? channel.read(prepared(buffer)) : readInto(begun);
            if (count < 0) {
                end();
            } else if (begun == null) {
                take(buffer.flip());
                head.clear().put(buffer);
            } else if (!begun.hasRemaining()) {
                partial = null;
                if (isPartialAFrame) {
                    receiver.onFrame(begun.flip());
                }
            }
        } catch (IOException broken) {
            log().debug("A connection is broken", broken);
            end();
        } catch (RuntimeException | OutOfMemoryError unreadable) {
            log().error("What has arrived cannot be handled, so the connection is ended", unreadable);
            end();
        }
    }

    private ByteBuffer prepared(ByteBuffer buffer) {
        return buffer.clear().put(head.flip());
    }

    private int readInto(ByteBuffer begun) throws IOException {
        ByteBuffer part = begun.slice(begun.position(), Math.min(begun.remaining(), WRITE_BYTES));
        int count = channel.read(part);
        begun.position(begun.position() + Math.max(count, 0));
        return count;
    }

    /** Takes whole frames and the beginning of what is larger; leaves an incomplete head in the buffer. */
    private void take(ByteBuffer read) throws IOException {
        discard(read);
        while (partial == null && FrameFormat.hasHead(read)) {
            int size = read.getInt();
            if (FrameFormat.isPayload(size)) {
                takePayload(read.getLong(), FrameFormat.payloadBytes(size), read);
            } else {
                takeFrame(size, read);
            }
        }
    }

    private void takeFrame(int size, ByteBuffer read) throws IOException {
        if (size > receiver.longestFrame()) {
            throw new IOException("There is no frame of " + size + " bytes");
        }
        if (read.remaining() < size) {
            partial = ByteBuffer.allocate(size).put(read);
            isPartialAFrame = true;
            return;
        }
        int end = read.position() + size;
        receiver.onFrame(read.slice(read.position(), size));
        read.position(end);
    }

    private void takePayload(long taskId, int size, ByteBuffer read) {
        byte[] to = receiver.onPayload(taskId, size);
        if (to == null) {
            toDiscard = size;
            discard(read);
            return;
        }
        int there = Math.min(size, read.remaining());
        read.get(to, 0, there);
        if (there < size) {
            partial = ByteBuffer.wrap(to, there, size - there);
            isPartialAFrame = false;
        }
    }

    private void discard(ByteBuffer read) {
        int there = Math.min(toDiscard, read.remaining());
        read.position(read.position() + there);
        toDiscard -= there;
    }

    @Override
    public void onLoopEnded() {
        end();
    }

    /** Ends the connection, for both ends. */
    void close() {
        loop.execute(this::end);
    }

    /** On the loop's thread only. */
    void end() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
        }
        forget();
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            log().debug("A connection cannot be closed", alreadyBroken);
        }
        receiver.onEnd();
    }

    private static Logger log() {
        return LoggerFactory.getLogger(SocketConnection.class);
    }
}
