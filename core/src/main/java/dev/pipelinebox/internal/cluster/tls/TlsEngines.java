package dev.pipelinebox.internal.cluster.tls;

import dev.pipelinebox.internal.cluster.tls.PeerTrust.RefusedException;
import dev.pipelinebox.internal.cluster.tls.Refusal.Cause;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/**
 * TLS 1.3 for the connections of one process, with a certificate at both ends. Tells each connection that was refused.
 * Thread-safe.
 */
final class TlsEngines implements WatchedEngine.Listener {

    /** How many accepted connections may be in their handshake, each of which takes about 100 KB. */
    static final int MOST = 256;

    private static final String PROTOCOL = "TLSv1.3";

    /** Akka does not tell who has opened a connection. */
    private static final String STRANGER = "a connection";

    /** In what the JDK says when the other end has broken off and told why. */
    private static final String ALERT = "Received fatal alert";

    private final Credentials own;
    private final PeerTrust trust;
    private final SSLContext context;
    private final Consumer<Refusal> listener;
    private final UnfinishedHandshakes accepted;
    private final UnfinishedHandshakes opened;

    TlsEngines(
            Credentials own,
            Revocations revocations,
            Clock clock,
            UnfinishedHandshakes.Timer timer,
            Consumer<Refusal> listener) {
        this.own = own;
        this.trust = new PeerTrust(own, revocations, clock);
        this.context = context(own, trust);
        this.listener = listener;
        this.accepted = new UnfinishedHandshakes(MOST, timer, cause -> listener.accept(givenUp(cause)));
        // Of an address that does not answer at all, Akka logs it and tries again.
        this.opened = new UnfinishedHandshakes(Integer.MAX_VALUE, timer, cause -> {});
    }

    private static SSLContext context(Credentials own, TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(keys(own), new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("Every Java platform has " + PROTOCOL, impossible);
        }
    }

    static KeyManager[] keys(Credentials own) throws GeneralSecurityException, IOException {
        char[] noPassword = {};
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, noPassword);
        Certificate[] chain = {own.certificate()};
        store.setKeyEntry("own", own.key(), noPassword, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, noPassword);
        return factory.getKeyManagers();
    }

    /**
     * For a connection that was accepted.
     *
     * @param wakeUp makes its actor look at the engine
     */
    SSLEngine server(Runnable wakeUp) {
        SSLEngine engine = engine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        WatchedEngine watched = new WatchedEngine(engine, STRANGER, this);
        accepted.begin(watched, wakeUp);
        return watched;
    }

    /**
     * The same for one that is opened.
     *
     * @param address where, for messages
     */
    SSLEngine client(String address, Runnable wakeUp) {
        SSLEngine engine = engine();
        engine.setUseClientMode(true);
        WatchedEngine watched = new WatchedEngine(engine, address, this);
        opened.begin(watched, wakeUp);
        return watched;
    }

    /** Without an address: so a client resumes no session, and each connection has a handshake of its own. */
    private SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setEnabledProtocols(new String[] {PROTOCOL});
        return engine;
    }

    /** Checks the other end of a session that was accepted: if it was resumed, its certificate was not looked at. */
    Optional<Throwable> problemOfAccepted(SSLSession session) {
        return problem(session, STRANGER, true);
    }

    /** The same for one that was opened. */
    Optional<Throwable> problemOfOpened(String address, SSLSession session) {
        return problem(session, address, false);
    }

    private Optional<Throwable> problem(SSLSession session, String peer, boolean isAccepted) {
        try {
            trust.check(session.getPeerCertificates());
            return Optional.empty();
        } catch (RefusedException refused) {
            listener.accept(refused(refused, peer, isAccepted));
            return Optional.of(refused);
        } catch (SSLPeerUnverifiedException noCertificate) {
            return Optional.of(noCertificate);
        }
    }

    @Override
    public void onFinished(WatchedEngine connection) {
        end(connection);
    }

    @Override
    public void onFailed(WatchedEngine connection, SSLException cause) {
        boolean wasUnfinished = end(connection);
        refusal(connection, cause, wasUnfinished).ifPresent(listener);
    }

    private boolean end(WatchedEngine connection) {
        return (connection.getUseClientMode() ? opened : accepted).end(connection);
    }

    private Optional<Refusal> refusal(WatchedEngine connection, SSLException failure, boolean wasUnfinished) {
        boolean isAccepted = !connection.getUseClientMode();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                return Optional.of(refused(refused, connection.peer(), isAccepted));
            }
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains(ALERT)) {
            return Optional.of(byOther(message, connection.peer(), isAccepted));
        }
        return wasUnfinished && isAccepted
                ? Optional.of(new Refusal(
                        Cause.NO_HANDSHAKE,
                        true,
                        "Refused a connection that did not prove by TLS 1.3 and a certificate that it comes from a member of"
                                + " cluster " + own.identity().run() + ": " + message))
                : Optional.empty();
    }

    private static Refusal refused(RefusedException refused, String peer, boolean isAccepted) {
        return new Refusal(refused.reason(), isAccepted, "Refused " + peer + " with " + refused.getMessage());
    }

    private Refusal byOther(String alert, String peer, boolean isAccepted) {
        return new Refusal(
                Cause.BY_OTHER,
                isAccepted,
                "The other end of " + (isAccepted ? peer : "a connection to " + peer) + " refused the certificate of "
                        + own.identity() + " (serial number " + own.serial() + ", valid until " + own.expiry()
                        + "): it has keys of another cluster, or this certificate is revoked, or its clock differs from the"
                        + " one of this machine (" + alert + ")");
    }

    private static Refusal givenUp(Cause cause) {
        return new Refusal(
                cause,
                true,
                cause == Cause.TOO_MANY
                        ? "Refused a connection, because more than " + MOST
                                + " were in their handshake; let a firewall keep"
                                + " out programs that open many connections to this port and prove nothing"
                        : "Refused a connection that did not prove within " + UnfinishedHandshakes.LONGEST.toSeconds()
                                + " s that it comes from a member");
    }
}
