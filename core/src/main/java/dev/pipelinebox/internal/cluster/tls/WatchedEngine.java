package dev.pipelinebox.internal.cluster.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * TLS at one end of a connection; how its handshake ends is told to a listener. Belongs to the actor of the connection, but can
 * be given up by others.
 */
final class WatchedEngine extends DelegatingEngine {

    private final String peer;
    private final Listener listener;
    private volatile boolean isGivenUp;
    private boolean isFinished;
    private boolean isFailed;

    /** Is told how a handshake has ended. */
    interface Listener {

        /** The other end has proved itself. At a client it may still refuse this end. */
        void onFinished(WatchedEngine connection);

        /** It has not, or has refused this end, or the connection has ended before; at most once. */
        void onFailed(WatchedEngine connection, SSLException cause);
    }

    /**
     * Before the handshake.
     *
     * @param peer the other end, for messages
     */
    WatchedEngine(SSLEngine engine, String peer, Listener listener) {
        super(engine);
        this.peer = peer;
        this.listener = listener;
    }

    String peer() {
        return peer;
    }

    /** The connection ends when its actor next looks for bytes from the other end. Thread-safe. */
    void giveUp() {
        isGivenUp = true;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        if (isGivenUp) {
            return ended();
        }
        try {
            return seen(engine.wrap(sources, offset, length, target));
        } catch (SSLException failure) {
            fail(failure);
            throw failure;
        }
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        if (isGivenUp) {
            return ended();
        }
        try {
            return seen(engine.unwrap(source, targets, offset, length));
        } catch (SSLException failure) {
            fail(failure);
            throw failure;
        }
    }

    private static SSLEngineResult ended() {
        return new SSLEngineResult(Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0, 0);
    }

    private SSLEngineResult seen(SSLEngineResult result) {
        if (!isFinished && result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            isFinished = true;
            listener.onFinished(this);
        }
        return result;
    }

    private void fail(SSLException cause) {
        if (!isFailed) {
            isFailed = true;
            listener.onFailed(this, cause);
        }
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return isGivenUp ? HandshakeStatus.NOT_HANDSHAKING : engine.getHandshakeStatus();
    }

    @Override
    public void closeInbound() throws SSLException {
        failIfUnfinished();
        engine.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return isGivenUp || engine.isInboundDone();
    }

    @Override
    public void closeOutbound() {
        failIfUnfinished();
        engine.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return isGivenUp || engine.isOutboundDone();
    }

    private void failIfUnfinished() {
        if (!isFinished) {
            fail(new SSLException("the connection ended before the handshake did"));
        }
    }
}
