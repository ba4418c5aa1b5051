package dev.pipelinebox.internal.cluster.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Locale;

/** What one end of a connection proves itself with, and knows the other one by. Holds a secret. Immutable. */
public final class Credentials {

    private static final String SIGNATURE = "SHA256withECDSA";

    private final Identity identity;
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final X509Certificate authority;

    Credentials(Identity identity, PrivateKey key, X509Certificate certificate, X509Certificate authority) {
        this.identity = identity;
        this.key = key;
        this.certificate = certificate;
        this.authority = authority;
    }

    /**
     * Those that were read.
     *
     * @throws GeneralSecurityException if they do not belong together
     */
    static Credentials read(PrivateKey key, X509Certificate certificate, X509Certificate authority)
            throws GeneralSecurityException {
        authority.verify(authority.getPublicKey());
        certificate.verify(authority.getPublicKey());
        Signature signature = Signature.getInstance(SIGNATURE);
        signature.initSign(key);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
        Identity identity = Identity.of(certificate)
                .orElseThrow(() -> new GeneralSecurityException("the certificate names no role in a cluster"));
        return new Credentials(identity, key, certificate, authority);
    }

    /** Whose they are. */
    public Identity identity() {
        return identity;
    }

    /** The serial number of the certificate, by which it is revoked: 32 hexadecimal digits. */
    public String serial() {
        return serial(certificate.getSerialNumber());
    }

    static String serial(BigInteger number) {
        return String.format(Locale.ROOT, "%032x", number);
    }

    /** When the certificate expires. */
    public Instant expiry() {
        return certificate.getNotAfter().toInstant();
    }

    PrivateKey key() {
        return key;
    }

    X509Certificate certificate() {
        return certificate;
    }

    X509Certificate authority() {
        return authority;
    }

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "Credentials of " + identity;
    }
}
