package dev.pipelinebox.internal.bootstrap;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;

/**
 * The secret of a private cluster, by which its members know each other. It is in the memory of the master and of its workers
 * only, and reaches these over standard input.
 *
 * @param text 256 random bits in hexadecimal
 */
public record ClusterKey(String text) {

    private static final int BYTES = 32;

    /** As it was told. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ClusterKey {}

    /**
     * A new secret.
     *
     * @return a key that no other master has
     */
    public static ClusterKey create() {
        return new ClusterKey(RandomText.ofBytes(BYTES));
    }

    /**
     * The secret itself.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return HexFormat.of().parseHex(text);
    }

    @Override
    @JsonValue
    public String text() {
        return text;
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "ClusterKey";
    }
}
