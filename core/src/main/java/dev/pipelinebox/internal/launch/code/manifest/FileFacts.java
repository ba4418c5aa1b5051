package dev.pipelinebox.internal.launch.code.manifest;

import dev.pipelinebox.internal.launch.code.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a manifest says of a file.
 *
 * @param seen the file
 * @param sha256 its digest
 * @param javaVersion what its classes need
 */
record FileFacts(SeenFile seen, String sha256, int javaVersion) {

    /** Remembers what it has read, so that files that have not changed are read once. Thread-safe. */
    static final class Memory {

        private final Map<Path, FileFacts> facts = new ConcurrentHashMap<>();

        /** Of a file as it is now. */
        FileFacts of(Path file) throws IOException {
            FileFacts known = facts.get(file);
            if (known != null && known.seen().equals(SeenFile.of(file))) {
                return known;
            }
            FileFacts read = read(file);
            facts.put(file, read);
            return read;
        }

        private static FileFacts read(Path file) throws IOException {
            try {
                SeenFile before = SeenFile.of(file);
                FileFacts read = new FileFacts(before, Sha256.of(file), ClassFileLevel.ofJar(file));
                if (!before.equals(SeenFile.of(file))) {
                    throw new IOException("it has changed while it was read");
                }
                return read;
            } catch (IOException unreadable) {
                throw new IOException(
                        file + " on the class path cannot be read (" + unreadable
                                + "); workers on other machines need it: make it readable or take it off the class"
                                + " path",
                        unreadable);
            }
        }
    }
}
