package dev.pipelinebox.internal.cluster.tls;

import dev.pipelinebox.api.InvalidKeysException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serial numbers of certificates that are refused although they are valid: a file with one a line, which is read again when it
 * has changed. Lines that begin with {@code #} are comments. Thread-safe.
 */
final class Revocations {

    private static final Pattern SERIAL = Pattern.compile("[0-9a-f]{32}");
    private static final String COMMENT = "#";

    private final Optional<Path> file;
    private @Nullable Stamp read;
    private Set<String> serials = Set.of();

    /** By what a changed file is known. */
    private record Stamp(FileTime changed, long size) {}

    private Revocations(Optional<Path> file) {
        this.file = file;
    }

    /** For those who refuse nothing: hosts. */
    static Revocations none() {
        return new Revocations(Optional.empty());
    }

    /** Those in a file, which need not be there. */
    static Revocations in(Path file) {
        return new Revocations(Optional.of(file));
    }

    synchronized boolean contains(BigInteger serial) {
        file.ifPresent(this::readIfChanged);
        return serials.contains(Credentials.serial(serial));
    }

    /**
     * Adds one to the file.
     *
     * @throws IllegalArgumentException if it is no serial number
     * @throws InvalidKeysException if the file cannot be written
     */
    void add(String serial) {
        String lowerCase = serial.toLowerCase(Locale.ROOT);
        if (!SERIAL.matcher(lowerCase).matches()) {
            throw new IllegalArgumentException(
                    "\"" + serial + "\" is no serial number of an invitation: it has 32 digits and"
                            + " letters from a to f; it is in the invitation's line \"serial\"");
        }
        Path target = file.orElseThrow(() -> new IllegalStateException("A host revokes nothing"));
        Set<OpenOption> append = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try (var channel = Files.newByteChannel(target, append, SecretFile.ownerOnly(target))) {
            channel.write(StandardCharsets.US_ASCII.encode("\n" + lowerCase + "\n"));
        } catch (IOException unwritable) {
            throw new InvalidKeysException(target + " cannot be written (" + unwritable + ")", unwritable);
        }
    }

    private void readIfChanged(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Stamp now = new Stamp(attributes.lastModifiedTime(), attributes.size());
            if (!now.equals(read)) {
                serials = read(path);
                read = now;
            }
        } catch (NoSuchFileException nothingRevoked) {
            serials = Set.of();
            read = null;
        } catch (IOException unreadable) {
            log().warn(
                            "{} cannot be read ({}); those that were revoked when it was read last stay so",
                            path,
                            unreadable.toString());
        }
    }

    private static Set<String> read(Path path) throws IOException {
        Set<String> serials = new HashSet<>();
        for (String line : Files.readAllLines(path)) {
            String serial = line.strip().toLowerCase(Locale.ROOT);
            if (SERIAL.matcher(serial).matches()) {
                serials.add(serial);
            } else if (!serial.isEmpty() && !serial.startsWith(COMMENT)) {
                log().warn("The line \"{}\" of {} is no serial number and revokes nothing", line, path);
            }
        }
        return serials;
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Revocations.class);
    }
}
