package dev.pipelinebox.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The first that a worker process is told over its standard input, as much as it needs to come up while its master does:
 * the {@link Bootstrap} follows.
 *
 * @param process the number of the process among all that the master started, from 1
 * @param masterPid the caller's process
 * @param settings the worker's share of the configuration
 */
public record Prelude(long process, long masterPid, Bootstrap.Settings settings) {

    /** The number of the first process that a master starts. */
    public static final long FIRST_PROCESS = 1;

    /**
     * The name of the cluster role by which the master finds this process among the members.
     *
     * @return the role
     */
    public String role() {
        return settings.cluster().role(process);
    }

    /**
     * Writes this to a worker's standard input.
     *
     * @param out the stream; it is flushed and stays open
     * @throws IOException if the process does not read
     */
    public void writeTo(OutputStream out) throws IOException {
        StandardInput.write(this, out);
    }

    /**
     * Reads it in the worker.
     *
     * @param in standard input; nothing behind this object is read
     * @return the object
     * @throws IOException if the input ends early or is something else
     */
    public static Prelude readFrom(InputStream in) throws IOException {
        return StandardInput.read(Prelude.class, in);
    }
}
