package dev.pipelinebox.internal.cluster.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Keys and certificates as text (RFC 7468). */
final class Pem {

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final int COLUMNS = 64;
    private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'});

    private Pem() {}

    static String of(X509Certificate certificate) throws GeneralSecurityException {
        return block(CERTIFICATE, certificate.getEncoded());
    }

    static String of(PrivateKey key) {
        return block(KEY, key.getEncoded());
    }

    /** All certificates in a text. */
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] encoded : contents(CERTIFICATE, text)) {
            certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
        }
        return certificates;
    }

    /** The only key in a text. */
    static PrivateKey key(String text) throws GeneralSecurityException {
        List<byte[]> keys = contents(KEY, text);
        if (keys.size() != 1) {
            throw new GeneralSecurityException("it has " + keys.size() + " keys instead of one");
        }
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
    }

    private static String block(String kind, byte[] content) {
        return begin(kind) + "\n" + ENCODER.encodeToString(content) + "\n" + end(kind) + "\n";
    }

    private static List<byte[]> contents(String kind, String text) throws GeneralSecurityException {
        try {
            return Pattern.compile(begin(kind) + "([^-]*)" + end(kind))
                    .matcher(text)
                    .results()
                    .map(block -> block.group(1).getBytes(StandardCharsets.US_ASCII))
                    .map(Base64.getMimeDecoder()::decode)
                    .toList();
        } catch (IllegalArgumentException notBase64) {
            throw new GeneralSecurityException("a " + kind + " in it is no Base64", notBase64);
        }
    }

    private static String begin(String kind) {
        return "-----BEGIN " + kind + "-----";
    }

    private static String end(String kind) {
        return "-----END " + kind + "-----";
    }
}
