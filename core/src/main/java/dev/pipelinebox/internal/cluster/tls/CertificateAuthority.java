package dev.pipelinebox.internal.cluster.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Makes the certificates of one cluster (X.509, RFC 5280; keys on the curve P-256, signed by ECDSA with SHA-256). The JDK
 * reads certificates but has no public way to make them. Immutable.
 */
final class CertificateAuthority {

    /** How long a cluster's keys are valid. */
    static final Duration LIFE = Duration.ofDays(3650);

    /** The clocks of machines differ. */
    private static final Duration TOLERANCE = Duration.ofHours(1);

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final byte[] SIGNATURE_ID = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final byte[] VERSION_3 = Der.tagged(0, Der.integer(BigInteger.TWO));
    private static final int ID_BITS = 128;

    /** An encoded public key of P-256 ends with the point itself. */
    private static final int POINT_BYTES = 65;

    private static final int KEY_ID_BYTES = 20;

    private static final byte DIGITAL_SIGNATURE = (byte) 0x80;
    private static final byte SIGN_CERTIFICATES = 0x04;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String run;
    private final PrivateKey key;
    private final X509Certificate certificate;

    /** That of keys which exist. */
    CertificateAuthority(String run, PrivateKey key, X509Certificate certificate) {
        this.run = run;
        this.key = key;
        this.certificate = certificate;
    }

    /** That of a new cluster. */
    static CertificateAuthority create(Instant now) {
        String run =
                HexFormat.of().toHexDigits(RANDOM.nextLong()) + HexFormat.of().toHexDigits(RANDOM.nextLong());
        KeyPair keys = keyPair();
        byte[] name = name("pipelinebox " + run);
        byte[] extensions = Der.sequence(
                critical("2.5.29.19", Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))),
                critical("2.5.29.15", Der.bits(2, SIGN_CERTIFICATES)),
                subjectKeyId(keys.getPublic()),
                authorityKeyId(keys.getPublic()));
        byte[] toSign = toSign(name, validity(now, now.plus(LIFE)), name, keys.getPublic(), extensions);
        return new CertificateAuthority(run, keys.getPrivate(), signed(toSign, keys.getPrivate()));
    }

    String run() {
        return run;
    }

    PrivateKey key() {
        return key;
    }

    X509Certificate certificate() {
        return certificate;
    }

    /**
     * Makes a key, and a certificate for it that is valid at both ends of a connection.
     *
     * @param end when it expires
     */
    Credentials issue(Identity identity, Instant now, Instant end) {
        KeyPair keys = keyPair();
        byte[] extensions = Der.sequence(
                critical("2.5.29.19", Der.sequence()),
                critical("2.5.29.15", Der.bits(7, DIGITAL_SIGNATURE)),
                extension(
                        "2.5.29.37",
                        Der.sequence(Der.identifier("1.3.6.1.5.5.7.3.1"), Der.identifier("1.3.6.1.5.5.7.3.2"))),
                extension("2.5.29.17", Der.sequence(Der.retagged(Identity.URI_KIND, ascii(identity)))),
                subjectKeyId(keys.getPublic()),
                authorityKeyId(certificate.getPublicKey()));
        byte[] subject = name(identity.role() == Identity.Role.MASTER ? "master" : "host " + identity.name());
        byte[] toSign = toSign(
                certificate.getSubjectX500Principal().getEncoded(),
                validity(now, end),
                subject,
                keys.getPublic(),
                extensions);
        return new Credentials(identity, keys.getPrivate(), signed(toSign, key), certificate);
    }

    private static byte[] toSign(byte[] issuer, byte[] validity, byte[] subject, PublicKey key, byte[] extensions) {
        return Der.sequence(
                VERSION_3,
                Der.integer(new BigInteger(ID_BITS, RANDOM)),
                SIGNATURE_ID,
                issuer,
                validity,
                subject,
                key.getEncoded(),
                Der.tagged(3, extensions));
    }

    private static byte[] validity(Instant now, Instant end) {
        return Der.sequence(Der.time(now.minus(TOLERANCE)), Der.time(end));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.identifier("2.5.4.3"), Der.text(commonName))));
    }

    private static byte[] critical(String identifier, byte[] value) {
        return Der.sequence(Der.identifier(identifier), Der.yes(), Der.octets(value));
    }

    private static byte[] extension(String identifier, byte[] value) {
        return Der.sequence(Der.identifier(identifier), Der.octets(value));
    }

    private static byte[] subjectKeyId(PublicKey of) {
        return extension("2.5.29.14", Der.octets(keyId(of)));
    }

    private static byte[] authorityKeyId(PublicKey of) {
        return extension("2.5.29.35", Der.sequence(Der.retagged(0, keyId(of))));
    }

    /** RFC 7093, method 1. */
    private static byte[] keyId(PublicKey of) {
        byte[] encoded = of.getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - POINT_BYTES, encoded.length);
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(point), KEY_ID_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw lacking(impossible);
        }
    }

    private static byte[] ascii(Identity identity) {
        return identity.uri().toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw lacking(impossible);
        }
    }

    private static X509Certificate signed(byte[] toSign, PrivateKey by) {
        try {
            Signature signature = Signature.getInstance(SIGNATURE);
            signature.initSign(by, RANDOM);
            signature.update(toSign);
            byte[] encoded = Der.sequence(toSign, SIGNATURE_ID, Der.bits(0, signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (GeneralSecurityException impossible) {
            throw lacking(impossible);
        }
    }

    private static IllegalStateException lacking(GeneralSecurityException cause) {
        return new IllegalStateException(
                "This Java platform cannot make keys on the curve P-256 (" + cause.getMessage()
                        + "); use one with the module jdk.crypto.ec",
                cause);
    }
}
