package dev.pipelinebox.internal.launch.code;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest by which code is known. */
final class Sha256 {

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
