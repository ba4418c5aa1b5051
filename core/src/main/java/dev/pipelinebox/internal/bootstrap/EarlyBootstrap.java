package dev.pipelinebox.internal.bootstrap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first that a worker process is told over its standard input, as much as it needs to come up while its master
 * does: the {@link Bootstrap} follows. It is read before anything else can begin, hence without Jackson.
 *
 * @param process the number of the process among all that the master started, from 1
 * @param masterPid the caller's process
 * @param settings what it needs to come up
 */
public record EarlyBootstrap(long process, long masterPid, ProcessSettings settings) {

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

    /** What the user set for Akka may hold secrets. */
    @Override
    public String toString() {
        return "early bootstrap of process " + process;
    }

    /**
     * Writes this to a worker's standard input.
     *
     * @param out the stream; it is flushed and stays open
     * @throws IOException if the process does not read
     */
    public void writeTo(OutputStream out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        ClusterSpec cluster = settings.cluster();
        data.writeLong(process);
        data.writeLong(masterPid);
        BinaryTree.write(settings.akka(), data);
        data.writeUTF(cluster.system());
        data.writeUTF(cluster.role());
        BinaryTree.write(cluster.settings(), data);
        ClusterKey key = cluster.key();
        data.writeUTF(key == null ? "" : key.text());
        data.writeUTF(settings.linkDirectory());
        LengthPrefixed.write(bytes.toByteArray(), out);
    }

    /**
     * Reads it in the worker.
     *
     * @param in standard input; nothing behind this object is read
     * @return the object
     * @throws IOException if the input ends early or is something else
     */
    public static EarlyBootstrap readFrom(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new ByteArrayInputStream(LengthPrefixed.read(in)));
        return new EarlyBootstrap(
                data.readLong(),
                data.readLong(),
                new ProcessSettings(
                        texts(data),
                        new ClusterSpec(data.readUTF(), data.readUTF(), texts(data), key(data.readUTF())),
                        data.readUTF()));
    }

    private static @Nullable ClusterKey key(String text) {
        return text.isEmpty() ? null : new ClusterKey(text);
    }

    private static Map<String, String> texts(DataInputStream data) throws IOException {
        Map<String, String> texts = new HashMap<>();
        BinaryTree.read(data).forEach((key, text) -> texts.put(key, String.valueOf(text)));
        return texts;
    }
}
