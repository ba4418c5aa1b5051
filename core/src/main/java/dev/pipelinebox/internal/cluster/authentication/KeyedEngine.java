package dev.pipelinebox.internal.cluster.authentication;

import dev.pipelinebox.internal.cluster.authentication.Handshake.Step;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Stands where Akka has TLS: lets bytes through as they are, after a {@link Handshake}. A server ends a connection without the
 * key and sends nothing that tells why; at a client that is an error. Belongs to the actor of one connection, but can be given
 * up by others.
 */
final class KeyedEngine extends FixedEngine {

    private final Handshake handshake;
    private final Listener listener;
    private volatile boolean isGivenUp;
    private boolean isRefused;
    private boolean isClosing;
    private boolean isInboundDone;
    private boolean isOutboundDone;

    /** Is told how the handshake has ended, once. */
    interface Listener {

        /** The other end has proved that it has the key. */
        void onAuthenticated(KeyedEngine connection);

        /** The other end has not, or the connection has ended before. */
        void onRefused(KeyedEngine connection);
    }

    private KeyedEngine(Handshake handshake, boolean isClient, Listener listener) {
        super(isClient);
        this.handshake = handshake;
        this.listener = listener;
    }

    static KeyedEngine ofServer(Handshake handshake, Listener listener) {
        return new KeyedEngine(handshake, false, listener);
    }

    static KeyedEngine ofClient(Handshake handshake, Listener listener) {
        return new KeyedEngine(handshake, true, listener);
    }

    /** The connection ends when its actor next looks for bytes from the other end. Thread-safe. */
    void giveUp() {
        isGivenUp = true;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) {
        if (isClosing) {
            isInboundDone = true;
            isOutboundDone = true;
        }
        if (isOutboundDone) {
            return result(Status.CLOSED, 0, 0);
        }
        return handshake.step() == Step.DONE ? pass(sources, offset, length, target) : send(target);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        if (isGivenUp && !isInboundDone) {
            closeInbound();
        }
        if (isInboundDone) {
            return result(Status.CLOSED, 0, 0);
        }
        return handshake.step() == Step.DONE ? pass(source, targets, offset, length) : receive(source);
    }

    private SSLEngineResult send(ByteBuffer target) {
        if (!handshake.step().sends()) {
            return result(Status.OK, 0, 0);
        }
        if (!handshake.isEnough(target)) {
            return result(Status.BUFFER_OVERFLOW, 0, 0);
        }
        int before = target.position();
        handshake.send(target);
        return handshake.step() == Step.DONE
                ? authenticated(0, target.position() - before)
                : result(Status.OK, 0, target.position() - before);
    }

    private SSLEngineResult receive(ByteBuffer source) throws SSLException {
        if (!handshake.step().receives()) {
            return result(Status.OK, 0, 0);
        }
        if (!handshake.isEnough(source)) {
            return result(Status.BUFFER_UNDERFLOW, 0, 0);
        }
        int before = source.position();
        handshake.receive(source);
        int received = source.position() - before;
        return switch (handshake.step()) {
            case DONE -> authenticated(received, 0);
            case REFUSED -> refused(received);
            default -> result(Status.OK, received, 0);
        };
    }

    private SSLEngineResult authenticated(int consumed, int produced) {
        listener.onAuthenticated(this);
        return new SSLEngineResult(Status.OK, HandshakeStatus.FINISHED, consumed, produced);
    }

    private SSLEngineResult refused(int received) throws SSLException {
        closeInbound();
        if (getUseClientMode()) {
            throw new SSLException("The other end does not have the key of the cluster");
        }
        return result(Status.CLOSED, received, 0);
    }

    private SSLEngineResult pass(ByteBuffer[] sources, int offset, int length, ByteBuffer target) {
        int before = target.position();
        for (int i = offset; i < offset + length; i++) {
            move(sources[i], target);
        }
        return result(Status.OK, target.position() - before, target.position() - before);
    }

    private SSLEngineResult pass(ByteBuffer source, ByteBuffer[] targets, int offset, int length) {
        if (!source.hasRemaining()) {
            return result(Status.BUFFER_UNDERFLOW, 0, 0);
        }
        int before = source.position();
        for (int i = offset; i < offset + length; i++) {
            move(source, targets[i]);
        }
        int moved = source.position() - before;
        return result(moved == 0 ? Status.BUFFER_OVERFLOW : Status.OK, moved, moved);
    }

    private static void move(ByteBuffer source, ByteBuffer target) {
        int count = Math.min(source.remaining(), target.remaining());
        target.put(source.slice().limit(count));
        source.position(source.position() + count);
    }

    private SSLEngineResult result(Status status, int consumed, int produced) {
        return new SSLEngineResult(status, getHandshakeStatus(), consumed, produced);
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        if (isOutboundDone) {
            return HandshakeStatus.NOT_HANDSHAKING;
        }
        if (isClosing || handshake.step().sends()) {
            return HandshakeStatus.NEED_WRAP;
        }
        return handshake.step().receives() ? HandshakeStatus.NEED_UNWRAP : HandshakeStatus.NOT_HANDSHAKING;
    }

    /** The other end sends no more, and is sent no more. */
    @Override
    public void closeInbound() {
        isInboundDone = true;
        isOutboundDone = true;
        endHandshake();
    }

    @Override
    public boolean isInboundDone() {
        return isInboundDone;
    }

    @Override
    public void closeOutbound() {
        isClosing = true;
        endHandshake();
    }

    @Override
    public boolean isOutboundDone() {
        return isOutboundDone;
    }

    private void endHandshake() {
        if (handshake.step() != Step.DONE && !isRefused) {
            isRefused = true;
            listener.onRefused(this);
        }
    }
}
