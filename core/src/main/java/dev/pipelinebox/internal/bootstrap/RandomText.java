package dev.pipelinebox.internal.bootstrap;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets that no other process can guess. */
final class RandomText {

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    /** So many random bytes, in hexadecimal. */
    static String ofBytes(int count) {
        byte[] secret = new byte[count];
        RANDOM.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
