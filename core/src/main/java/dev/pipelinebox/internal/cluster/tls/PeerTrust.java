package dev.pipelinebox.internal.cluster.tls;

import dev.pipelinebox.internal.cluster.tls.Identity.Role;
import dev.pipelinebox.internal.cluster.tls.Refusal.Cause;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates of others are accepted: those of the same cluster that are valid now and are not revoked, whose role fits.
 * A master connects with hosts, and a host with the master only. Where a process runs is not checked: addresses change.
 * Thread-safe.
 */
final class PeerTrust extends X509ExtendedTrustManager {

    private final Credentials own;
    private final Revocations revocations;
    private final Clock clock;

    /** A certificate with which a process may not connect. */
    static final class RefusedException extends CertificateException {

        private static final long serialVersionUID = 1L;

        private final Cause reason;

        private RefusedException(Cause reason, String message) {
            super(message);
            this.reason = reason;
        }

        Cause reason() {
            return reason;
        }
    }

    PeerTrust(Credentials own, Revocations revocations, Clock clock) {
        this.own = own;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * Checks what the other process has shown.
     *
     * @throws RefusedException if it is refused
     */
    void check(Certificate[] chain) throws RefusedException {
        if (chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
            throw new RefusedException(Cause.NO_HANDSHAKE, "no certificate");
        }
        Identity identity = identity(certificate);
        String name = "the certificate of " + identity + " (serial number "
                + Credentials.serial(certificate.getSerialNumber()) + "): ";
        if (revocations.contains(certificate.getSerialNumber())) {
            throw new RefusedException(
                    Cause.REVOKED,
                    name + "it is revoked; if it may join, make another invitation with \"keys invite\"");
        }
        checkTime(certificate, name);
        if (!mayConnect(identity, certificate)) {
            throw new RefusedException(
                    Cause.WRONG_ROLE,
                    name
                            + (identity.role() == Role.HOST
                                    ? "the role host cannot be the master; give the master the directory of \"keys create\""
                                    : "another master has the same keys; make keys of its own with \"keys create\""));
        }
    }

    private Identity identity(X509Certificate certificate) throws RefusedException {
        try {
            certificate.verify(own.authority().getPublicKey());
        } catch (GeneralSecurityException otherAuthority) {
            throw otherCluster(certificate);
        }
        return Identity.of(certificate)
                .filter(identity -> identity.run().equals(own.identity().run()))
                .orElseThrow(() -> otherCluster(certificate));
    }

    /** The name was not checked, and may be anything. */
    private static RefusedException otherCluster(X509Certificate certificate) {
        return new RefusedException(
                Cause.OTHER_CLUSTER,
                "a certificate"
                        + Identity.of(certificate)
                                .map(identity -> " of " + identity)
                                .orElse("")
                        + ": it was made for another cluster; use an invitation that was made with this master's keys");
    }

    private void checkTime(X509Certificate certificate, String name) throws RefusedException {
        Instant now = clock.instant();
        String problem = Validity.problem(certificate, now).orElse("");
        if (!problem.isEmpty()) {
            throw new RefusedException(
                    Cause.EXPIRED, name + "it " + problem + "; make another with \"keys invite\", or set the clock");
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(own.authority(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
        } catch (GeneralSecurityException invalid) {
            throw new RefusedException(Cause.OTHER_CLUSTER, name + "it is not valid: " + invalid.getMessage());
        }
    }

    private boolean mayConnect(Identity other, X509Certificate certificate) {
        return own.identity().role() == Role.MASTER
                ? other.role() == Role.HOST || certificate.equals(own.certificate())
                : other.role() == Role.MASTER;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyKind, SSLEngine engine) throws RefusedException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyKind, SSLEngine engine) throws RefusedException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyKind, Socket socket) throws RefusedException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyKind, Socket socket) throws RefusedException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyKind) throws RefusedException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyKind) throws RefusedException {
        check(chain);
    }

    /** A client that is asked for certain authorities would keep back the certificate of another, and could not be told. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
