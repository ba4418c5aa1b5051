package dev.pipelinebox.api;

import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * The keys of a master to which other machines connect: by them the master and its hosts know each other. They are in a
 * directory that {@code java -jar pipelinebox-host.jar keys create DIRECTORY} or {@link #create} has written:
 *
 * <ul>
 *   <li>{@code master.p12} stays with the master. A program that can read it can pose as the master.
 *   <li>{@code invitation.pbx} goes to each host, which is let in with it for seven days. A program that can read it can be a
 *       host, and is sent code and tasks.
 * </ul>
 *
 * <p>Only their owner can read them. Immutable and thread-safe; applications do not implement it.
 */
public interface Keys {

    /**
     * Where they are.
     *
     * @return the directory
     */
    Path directory();

    /**
     * Reads keys.
     *
     * @param directory where {@code master.p12} is
     * @return the keys
     * @throws InvalidKeysException if it is not there, is damaged, has expired, or if other users can read it
     */
    static Keys load(Path directory) {
        return files().load(directory);
    }

    /**
     * Makes new keys, and an invitation for hosts that is valid for seven days.
     *
     * @param directory where they are to be; it is made if it is not there
     * @return the keys
     * @throws InvalidKeysException if there are keys already, which are never overwritten, or if they cannot be written
     */
    static Keys create(Path directory) {
        return files().create(directory);
    }

    private static KeyFiles files() {
        return ServiceLoader.load(KeyFiles.class, Keys.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new InvalidKeysException("This program lacks the file META-INF/services/"
                        + KeyFiles.class.getName()
                        + " of pipelinebox-core.jar; let the tool that packs its jars into one"
                        + " merge the files in META-INF/services"));
    }

    /** Reads and writes keys. It is the library's; applications use {@link Keys#load} and {@link Keys#create}. */
    interface KeyFiles {

        /**
         * Reads keys.
         *
         * @param directory where they are
         * @return the keys
         * @throws InvalidKeysException if they cannot be used
         */
        Keys load(Path directory);

        /**
         * Makes keys.
         *
         * @param directory where they are to be
         * @return the keys
         * @throws InvalidKeysException if they cannot be written
         */
        Keys create(Path directory);
    }
}
