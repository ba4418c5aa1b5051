package dev.pipelinebox.spi;

import dev.pipelinebox.api.InvalidKeysException;
import dev.pipelinebox.api.Keys;
import dev.pipelinebox.internal.cluster.tls.Invitation;
import dev.pipelinebox.internal.cluster.tls.MasterKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Makes and revokes the keys of a master and its hosts. Thread-safe. */
public final class HostKeys {

    private HostKeys() {}

    /**
     * Makes new keys with a first invitation, {@code invitation.pbx}.
     *
     * @param directory where they are written; made if it is not there
     * @param master where hosts find the master, as HOST:PORT, if that is known
     * @return the keys
     * @throws InvalidKeysException if there are keys already, or they cannot be written
     * @throws IllegalArgumentException if the address is none
     */
    public static Keys create(Path directory, Optional<String> master) {
        return MasterKeys.create(directory, master);
    }

    /**
     * Writes a further invitation.
     *
     * @param directory of the keys
     * @param name of the invitation, which log messages show
     * @param life how long it is valid from now on; the one of the first invitation if empty
     * @param master where hosts find the master, as HOST:PORT, if that is known
     * @param file where it is written
     * @return its serial number, by which it can be revoked
     * @throws InvalidKeysException if the keys cannot be used, or the file cannot be written
     * @throws IllegalArgumentException if the name, the life or the address is none
     */
    public static String invite(
            Path directory, String name, Optional<Duration> life, Optional<String> master, Path file) {
        Invitation invitation = MasterKeys.load(directory).invite(name, life.orElse(MasterKeys.USUAL_LIFE), master);
        invitation.write(file);
        return invitation.credentials().serial();
    }

    /**
     * Refuses the hosts of an invitation from now on.
     *
     * @param directory of the keys
     * @param serial the serial number of the invitation
     * @throws InvalidKeysException if the keys cannot be used
     * @throws IllegalArgumentException if it is no serial number of a host
     */
    public static void revoke(Path directory, String serial) {
        MasterKeys.load(directory).revoke(serial);
    }
}
