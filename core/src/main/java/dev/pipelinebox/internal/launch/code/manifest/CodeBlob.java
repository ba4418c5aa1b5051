package dev.pipelinebox.internal.launch.code.manifest;

import java.util.regex.Pattern;

/**
 * One entry of a class path, as bytes that can be kept anywhere. Made of what came over a connection it is safe to use: its
 * digest and its name are each the name of one file and no path.
 *
 * @param sha256 the digest of its bytes, in 64 lower-case hexadecimal digits
 * @param size in bytes
 * @param fileName the name of the file, by which the library knows its own jars
 */
public record CodeBlob(String sha256, long size, String fileName) {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_NAME = 128;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+][A-Za-z0-9._+-]{0," + (LONGEST_NAME - 1) + "}");

    /** @throws IllegalArgumentException if a part has not the form that is described */
    public CodeBlob {
        if (!isDigest(sha256) || size < 0 || !NAME.matcher(fileName).matches()) {
            throw new IllegalArgumentException(
                    "\"" + fileName + "\" of " + size + " bytes with the digest \"" + sha256 + "\" is no code entry");
        }
    }

    /** Whether a text is a SHA-256 digest, which may be used as the name of a file. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /**
     * The same text.
     *
     * @throws IllegalArgumentException if it is no digest
     */
    public static String requireDigest(String text) {
        if (!isDigest(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is no SHA-256 digest");
        }
        return text;
    }

    /**
     * A name that every machine can have and that can be in a class path: what else a name holds becomes an underscore, and
     * of a long one only the end is kept, with its suffix.
     */
    static String safeName(String name) {
        String safe = name.substring(Math.max(0, name.length() - LONGEST_NAME)).replaceAll("[^A-Za-z0-9._+-]", "_");
        return NAME.matcher(safe).matches() ? safe : "_" + safe.substring(Math.min(1, safe.length()));
    }
}
