package dev.pipelinebox.internal.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;

/**
 * The secret by which a worker process proves that it is the one that was started.
 *
 * @param text 128 random bits in hexadecimal
 */
public record OneTimeToken(String text) {

    private static final int BYTES = 16;

    /** As it was told. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OneTimeToken {}

    /**
     * A new secret.
     *
     * @return a token that no other process knows
     */
    public static OneTimeToken create() {
        return new OneTimeToken(RandomText.ofBytes(BYTES));
    }

    @Override
    @JsonValue
    public String text() {
        return text;
    }

    /**
     * Compares in a time that does not tell how much of it was right.
     *
     * @param shown what a process has shown
     * @return whether it is this one
     */
    public boolean matches(OneTimeToken shown) {
        return MessageDigest.isEqual(shown.text.getBytes(UTF_8), text.getBytes(UTF_8));
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "OneTimeToken";
    }
}
