package dev.pipelinebox.internal.launch.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an archive depends on, in 24 hexadecimal digits. With another one, a JVM might not use the archive. */
final class Fingerprint {

    private static final int BYTES = 12;

    private Fingerprint() {}

    /**
     * The fingerprint of an archive.
     *
     * @param javaHome the Java installation
     * @param arguments those of the JVM that matter
     * @param jars the class path, in order
     */
    static String of(Path javaHome, List<String> arguments, List<Path> jars) throws IOException {
        StringBuilder inputs = new StringBuilder(javaHome.toRealPath().toString());
        Path release = javaHome.resolve("release");
        inputs.append(Files.exists(release) ? Files.readString(release) : Runtime.version());
        arguments.forEach(argument -> inputs.append('\n').append(argument));
        for (Path jar : jars) {
            inputs.append('\n')
                    .append(jar)
                    .append(' ')
                    .append(Files.size(jar))
                    .append(' ')
                    // More precisely no archive file keeps them, and the JVM itself does not look.
                    .append(Files.getLastModifiedTime(jar).to(TimeUnit.SECONDS));
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(inputs.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
