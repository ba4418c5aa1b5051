package dev.pipelinebox.internal.cluster.tls;

import dev.pipelinebox.api.InvalidKeysException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a host joins with: a key and a certificate of the role {@code host}, the certificate of the cluster, and the address of
 * the master if it is known. A text that can be read and sent, and a secret. Immutable.
 */
public final class Invitation {

    private static final int VERSION = 1;
    private static final String TITLE = "PipelineBox invitation, version ";
    private static final Pattern FIRST_LINE = Pattern.compile(TITLE + "(\\d{1,9})");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s/]{1,255}:\\d{1,5}");

    private static final String RUN = "run";
    private static final String NAME = "name";
    private static final String SERIAL = "serial";
    private static final String EXPIRES = "expires";
    private static final String MASTER = "master";

    private static final String ORIGIN =
            "give the file that \"keys create\" or \"keys invite\" wrote on the master's machine";

    private final Credentials credentials;
    private final Optional<String> master;

    private Invitation(Credentials credentials, Optional<String> master) {
        this.credentials = credentials;
        this.master = master;
    }

    /**
     * One that is new.
     *
     * @param master where the master listens, as HOST:PORT
     * @throws IllegalArgumentException if that is no address
     */
    static Invitation of(Credentials credentials, Optional<String> master) {
        master.filter(address -> !ADDRESS.matcher(address).matches()).ifPresent(address -> {
            throw new IllegalArgumentException(
                    "The master's address \"" + address + "\" must be a name or an IP address, a colon and a port");
        });
        return new Invitation(credentials, master);
    }

    /**
     * Reads one from a file that only its owner may read.
     *
     * @throws InvalidKeysException if the file is not there, is no invitation of this version, is damaged, has expired, or if
     *     other users can read it
     */
    public static Invitation read(Path file) {
        return parse(new String(SecretFile.read(file, ORIGIN), StandardCharsets.UTF_8), file.toString(), Instant.now());
    }

    /**
     * Reads one from text.
     *
     * @param source where the text comes from, for messages
     * @throws InvalidKeysException if it is no invitation of this version, is damaged, or has expired
     */
    public static Invitation parse(String text, String source) {
        return parse(text, source, Instant.now());
    }

    static Invitation parse(String text, String source, Instant now) {
        checkVersion(text, source);
        try {
            List<X509Certificate> certificates = Pem.certificates(text);
            if (certificates.size() != 2) {
                throw new GeneralSecurityException("it has " + certificates.size() + " certificates instead of two");
            }
            Credentials credentials = Credentials.read(Pem.key(text), certificates.get(1), certificates.get(0));
            checkFields(text, credentials);
            checkValidity(credentials, source, now);
            return of(credentials, field(MASTER, text));
        } catch (GeneralSecurityException | IllegalArgumentException damage) {
            throw new InvalidKeysException(
                    source + " is damaged (" + damage.getMessage()
                            + "); copy it again from the master's machine, or make" + " another with \"keys invite\"",
                    damage);
        }
    }

    private static void checkVersion(String text, String source) {
        Matcher first = FIRST_LINE.matcher(text.lines().findFirst().orElse("").strip());
        if (!first.matches()) {
            throw new InvalidKeysException(
                    source + " is no invitation: its first line is not \"" + TITLE + VERSION + "\"; " + ORIGIN);
        }
        if (Integer.parseInt(first.group(1)) != VERSION) {
            throw new InvalidKeysException(source + " has the version " + first.group(1)
                    + ", and this program reads version " + VERSION + "; use the program of the version that wrote it");
        }
    }

    /** What is written for people is what the certificate says. */
    private static void checkFields(String text, Credentials credentials) throws GeneralSecurityException {
        Identity identity = credentials.identity();
        if (identity.role() != Identity.Role.HOST) {
            throw new GeneralSecurityException("its certificate is not that of a host");
        }
        checkField(RUN, identity.run(), text);
        checkField(NAME, identity.name(), text);
        checkField(SERIAL, credentials.serial(), text);
        checkField(EXPIRES, credentials.expiry().toString(), text);
    }

    private static void checkField(String name, String expected, String text) throws GeneralSecurityException {
        if (!Optional.of(expected).equals(field(name, text))) {
            throw new GeneralSecurityException("its field \"" + name + "\" is not that of its certificate");
        }
    }

    private static void checkValidity(Credentials credentials, String source, Instant now) {
        Validity.problem(credentials.certificate(), now).ifPresent(problem -> {
            throw new InvalidKeysException(source + " " + problem
                    + "; make another with \"keys invite\" on the master's machine, or set the clock");
        });
    }

    private static Optional<String> field(String name, String text) {
        return text.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** The role, the key and the certificates. */
    public Credentials credentials() {
        return credentials;
    }

    /** Where the master listens, as HOST:PORT, if that was known. */
    public Optional<String> master() {
        return master;
    }

    /** All of it, with the secret key. */
    public String text() {
        Identity identity = credentials.identity();
        try {
            return String.join(
                    "\n",
                    TITLE + VERSION,
                    "# A program that can read this can join the cluster as a host: keep it secret (chmod 600).",
                    RUN + ": " + identity.run(),
                    "role: host",
                    NAME + ": " + identity.name(),
                    SERIAL + ": " + credentials.serial(),
                    EXPIRES + ": " + credentials.expiry(),
                    master.map(address -> MASTER + ": " + address).orElse("# master: its address is not known"),
                    "",
                    "# The certificate of the cluster, the certificate of the host, and the host's key:",
                    Pem.of(credentials.authority()) + Pem.of(credentials.certificate()) + Pem.of(credentials.key()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("The certificates were read or made here", impossible);
        }
    }

    /**
     * Writes it to a new file that only this user can read.
     *
     * @throws InvalidKeysException if the file is there already or cannot be written
     */
    public void write(Path file) {
        SecretFile.create(file, text().getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "Invitation of " + credentials.identity();
    }
}
