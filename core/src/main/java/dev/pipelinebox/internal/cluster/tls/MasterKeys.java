package dev.pipelinebox.internal.cluster.tls;

import dev.pipelinebox.api.InvalidKeysException;
import dev.pipelinebox.api.Keys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The keys of a master, which were read from a directory. Immutable, except that serial numbers are revoked. */
public final class MasterKeys implements Keys {

    /** How long an invitation is valid, if nothing else is asked for. */
    public static final Duration USUAL_LIFE = Duration.ofDays(7);

    private static final String MASTER_FILE = "master.p12";
    private static final String INVITATION_FILE = "invitation.pbx";
    private static final String REVOKED_FILE = "revoked";

    /** The name in the first invitation. */
    private static final String FIRST_NAME = "first";

    private final Path directory;
    private final Credentials credentials;
    private final Revocations revocations;

    private MasterKeys(Path directory, Credentials credentials, Revocations revocations) {
        this.directory = directory;
        this.credentials = credentials;
        this.revocations = revocations;
    }

    /**
     * Reads them.
     *
     * @throws InvalidKeysException if they cannot be used
     */
    public static MasterKeys load(Path directory) {
        Credentials credentials = store(directory).master(Instant.now());
        return new MasterKeys(directory, credentials, Revocations.in(directory.resolve(REVOKED_FILE)));
    }

    /**
     * Makes new ones, with a first invitation in the file {@code invitation.pbx}.
     *
     * @param master where hosts find the master, as HOST:PORT, if that is known
     * @throws InvalidKeysException if there are keys already, or they cannot be written
     * @throws IllegalArgumentException if the address is none
     */
    public static MasterKeys create(Path directory, Optional<String> master) {
        Path invitation = directory.resolve(INVITATION_FILE);
        Path store = directory.resolve(MASTER_FILE);
        SecretFile.checkIsNew(store);
        SecretFile.checkIsNew(invitation);
        Instant now = Instant.now();
        CertificateAuthority authority = CertificateAuthority.create(now);
        Invitation first = invite(authority, FIRST_NAME, now.plus(USUAL_LIFE), master);
        SecretFile.createDirectory(directory);
        Identity identity = Identity.ofMaster(authority.run());
        MasterStore.create(
                store,
                authority,
                authority.issue(
                        identity, now, authority.certificate().getNotAfter().toInstant()));
        first.write(invitation);
        return load(directory);
    }

    /**
     * Those behind the value that users have.
     *
     * @throws InvalidKeysException if it is a class of the user's
     */
    public static MasterKeys of(Keys keys) {
        if (keys instanceof MasterKeys master) {
            return master;
        }
        throw new InvalidKeysException(
                keys.getClass().getName() + " is no class of keys; give what Keys.load or Keys.create returns");
    }

    /**
     * Makes a further invitation.
     *
     * @param name of it, which log messages show
     * @param life how long it is valid from now on
     * @param master where hosts find the master, as HOST:PORT, if that is known
     * @throws InvalidKeysException if the keys cannot be read any more
     * @throws IllegalArgumentException if the name, the life or the address is none
     */
    public Invitation invite(String name, Duration life, Optional<String> master) {
        CertificateAuthority authority =
                store(directory).authority(credentials.identity().run());
        Instant now = Instant.now();
        Duration longest =
                Duration.between(now, authority.certificate().getNotAfter().toInstant());
        if (life.isNegative() || life.isZero() || life.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "An invitation cannot be valid for " + life + "; give more than nothing, and at most the "
                            + longest.toDays() + " days that the keys are valid");
        }
        return invite(authority, name, now.plus(life), master);
    }

    private static Invitation invite(
            CertificateAuthority authority, String name, Instant end, Optional<String> master) {
        Identity host = Identity.ofHost(authority.run(), name);
        return Invitation.of(authority.issue(host, Instant.now(), end.truncatedTo(ChronoUnit.SECONDS)), master);
    }

    /**
     * Refuses the hosts with an invitation from now on, also in a master that runs with these keys. Connections that are open
     * stay so.
     *
     * @param serial the serial number, which is in the invitation and in log messages
     * @throws InvalidKeysException if the list cannot be written
     * @throws IllegalArgumentException if it is no serial number of a host
     */
    public void revoke(String serial) {
        if (serial.equals(credentials.serial())) {
            throw new IllegalArgumentException(
                    "The serial number " + serial + " is the master's own; make new keys with \"keys create\" instead");
        }
        revocations.add(serial);
    }

    private static MasterStore store(Path directory) {
        return MasterStore.read(directory.resolve(MASTER_FILE));
    }

    @Override
    public Path directory() {
        return directory;
    }

    /** What the master proves itself with. */
    public Credentials credentials() {
        return credentials;
    }

    Revocations revocations() {
        return revocations;
    }

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "Keys of cluster " + credentials.identity().run() + " in " + directory;
    }

    /** What {@link Keys} finds as a service. */
    public static final class Files implements KeyFiles {

        /** By the service loader. */
        public Files() {}

        @Override
        public Keys load(Path directory) {
            return MasterKeys.load(directory);
        }

        @Override
        public Keys create(Path directory) {
            return MasterKeys.create(directory, Optional.empty());
        }
    }
}
