package dev.pipelinebox.internal.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret by which a worker process proves that it is the one that was started: 128 random bits in hexadecimal. */
public record OneTimeToken(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();

    public static OneTimeToken create() {
        byte[] secret = new byte[16];
        RANDOM.nextBytes(secret);
        return new OneTimeToken(HexFormat.of().formatHex(secret));
    }

    /** Compares in a time that does not tell how much of it was right. */
    public boolean matches(String shown) {
        return MessageDigest.isEqual(shown.getBytes(UTF_8), text.getBytes(UTF_8));
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "OneTimeToken";
    }
}
