package dev.pipelinebox;

import dev.pipelinebox.internal.runtime.ArchivePreparation;
import java.io.IOException;

/**
 * A program that makes the class-data archives of another one, which then starts quickly the first time, too: when a
 * container's image is built, or at an installation.
 *
 * <p>It is run with the JVM, the class path and the JVM arguments of the program:
 *
 * <pre>{@code
 * java -XX:SharedArchiveFile=/app/program.jsa \
 *     -Dpipelinebox.worker.class-data-archive.directory=/app/archives \
 *     -cp "/app/lib/*" dev.pipelinebox.ArchiveTool
 * }</pre>
 *
 * <p>The archive of the workers gets into the directory of the configuration, and that of the program's own JVM into the
 * file that the command line names, if it names one. Archives that are there already and fit are kept. The program ends
 * with exit code 0 when all are there, and with 1 and the reason otherwise.
 */
public final class ArchiveTool {

    private ArchiveTool() {}

    /**
     * Makes the archives.
     *
     * @param arguments none
     * @throws IOException with the reason if an archive cannot be made
     * @throws InterruptedException if the program is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ArchivePreparation.make();
    }
}
