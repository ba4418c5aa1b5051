package dev.pipelinebox.internal.launch.local;

import dev.pipelinebox.internal.os.LockedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary directory that only this user can enter: it holds the class path, in an argument file, and the JVMs'
 * error files. Thread-safe.
 *
 * <p>Others can see its name on the command lines of workers, and systems tidy up their temporary directory. So a
 * removed directory is created again under a new name, because another user may own the old name now. An argument file
 * that is there is never written again, since a JVM that starts may be reading it.
 */
final class LaunchDirectory implements AutoCloseable {

    private static final String ARGUMENT_FILE = "workers.args";

    private final String arguments;
    private LockedDirectory folder;
    private boolean closed;

    /** Makes the directory, with these arguments in a file. */
    LaunchDirectory(String arguments) throws IOException {
        this.arguments = arguments;
        this.folder = create(arguments);
    }

    /** The directory, with the argument file in it. */
    synchronized Path ensured() throws IOException {
        if (closed) {
            throw new IOException("the master is closed");
        }
        if (!folder.isThere() || Files.notExists(argumentFile(folder.path()))) {
            folder.close();
            folder = create(arguments);
        }
        return folder.path();
    }

    /** Whom this process belongs to. */
    synchronized UserPrincipal owner() throws IOException {
        return Files.getOwner(folder.path());
    }

    static Path argumentFile(Path directory) {
        return directory.resolve(ARGUMENT_FILE);
    }

    /** What to tell a JVM, which puts its process id in the place of %p. */
    static String errorFilePattern(Path directory) {
        return directory.toString().replace("%", "%%")
                + directory.getFileSystem().getSeparator() + "hs_err_pid%p.log";
    }

    static Path errorFile(Path directory, long pid) {
        return directory.resolve("hs_err_pid" + pid + ".log");
    }

    /** Removes it with all that it holds. */
    @Override
    public synchronized void close() {
        closed = true;
        folder.close();
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            log().debug("A temporary file stays behind", stays);
        }
    }

    private static LockedDirectory create(String arguments) throws IOException {
        LockedDirectory fresh = LockedDirectory.create(Path.of(System.getProperty("java.io.tmpdir")));
        Files.writeString(argumentFile(fresh.path()), arguments);
        return fresh;
    }

    private static Logger log() {
        return LoggerFactory.getLogger(LaunchDirectory.class);
    }
}
