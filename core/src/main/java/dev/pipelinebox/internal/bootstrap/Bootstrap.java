package dev.pipelinebox.internal.bootstrap;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a worker process is told over its standard input, after its {@link EarlyBootstrap}: whose worker it is. Nothing of it
 * appears on the command line.
 *
 * @param index the worker's number
 * @param process the number of the process among all that the master started, from 1
 * @param token the one-time token that its first message has to carry
 * @param masterRef where that message goes: a serialised actor reference
 * @param masterPid the caller's process
 * @param workerClass the user's class
 * @param parameters the encoded argument of its constructor
 * @param settings the worker's share of the configuration
 */
public record Bootstrap(
        int index,
        long process,
        OneTimeToken token,
        String masterRef,
        long masterPid,
        String workerClass,
        byte @Nullable [] parameters,
        Settings settings) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * The worker's share of the configuration.
     *
     * @param workInHandMicros how much work to hold behind the running task
     * @param maxTasks the greatest demand in tasks
     * @param maxBytes the greatest demand in bytes
     * @param maxPayloadBytes the greatest payload
     * @param wear when it should be replaced
     * @param akka what the user set under {@code pipelinebox.akka}, as flat keys with rendered values
     * @param cluster the cluster to join
     * @param faults what goes wrong on purpose
     * @param sharedFolder the directory for large payloads in shared memory; "" for none
     */
    public record Settings(
            long workInHandMicros,
            int maxTasks,
            long maxBytes,
            int maxPayloadBytes,
            Wear wear,
            Map<String, String> akka,
            ClusterSpec cluster,
            FaultPlan faults,
            String sharedFolder) {

        /**
         * A private cluster, nothing goes wrong on purpose, and all goes over the wire.
         *
         * @param workInHandMicros how much work to hold behind the running task
         * @param maxTasks the greatest demand in tasks
         * @param maxBytes the greatest demand in bytes
         * @param maxPayloadBytes the greatest payload
         * @param wear when it should be replaced
         * @param akka what the user set under {@code pipelinebox.akka}
         */
        public Settings(
                long workInHandMicros,
                int maxTasks,
                long maxBytes,
                int maxPayloadBytes,
                Wear wear,
                Map<String, String> akka) {
            this(
                    workInHandMicros,
                    maxTasks,
                    maxBytes,
                    maxPayloadBytes,
                    wear,
                    akka,
                    ClusterSpec.PRIVATE,
                    FaultPlan.NONE,
                    "");
        }

        /**
         * The same with a folder for large payloads.
         *
         * @param folder the directory in memory
         * @return a changed copy
         */
        public Settings sharing(Path folder) {
            return new Settings(
                    workInHandMicros,
                    maxTasks,
                    maxBytes,
                    maxPayloadBytes,
                    wear,
                    akka,
                    cluster,
                    faults,
                    folder.toString());
        }

        /**
         * The ring through which large arguments come to a process.
         *
         * @param process the number of the process
         * @return its file; empty if they come over the wire
         */
        public Optional<Path> argumentRing(long process) {
            return shared(process + "-arguments");
        }

        /**
         * The ring through which large results leave a process.
         *
         * @param process the number of the process
         * @return its file; empty if they go over the wire
         */
        public Optional<Path> resultRing(long process) {
            return shared(process + "-results");
        }

        /**
         * What of this a process has to know to come up.
         *
         * @param process the number of the process
         * @param masterPid the caller's process
         * @return the prelude
         */
        public EarlyBootstrap prelude(long process, long masterPid) {
            return new EarlyBootstrap(process, masterPid, akka, cluster, sharedFolder);
        }

        /** What the user set for Akka may hold secrets. */
        @Override
        public String toString() {
            return "settings of a worker in " + cluster;
        }

        private Optional<Path> shared(String name) {
            return sharedFolder.isEmpty() ? Optional.empty() : Optional.of(Path.of(sharedFolder, name));
        }
    }

    /**
     * What a worker bears before it should be replaced.
     *
     * @param tasks so many tasks
     * @param ageMillis so long a life in milliseconds
     * @param residentBytes so large a process
     */
    public record Wear(long tasks, long ageMillis, long residentBytes) {

        /** What never wears out. */
        public static final Wear NEVER = new Wear(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * What of this a process may know before it is known whose worker it is.
     *
     * @return the prelude
     */
    public EarlyBootstrap prelude() {
        return settings.prelude(process, masterPid);
    }

    /** Parameters and settings may hold secrets. */
    @Override
    public String toString() {
        return "bootstrap of worker " + index + ", process " + process;
    }

    /**
     * Writes this to a worker's standard input.
     *
     * @param out the stream; it is flushed and stays open
     * @throws IOException if the process does not read
     */
    public void writeTo(OutputStream out) throws IOException {
        LengthPrefixed.write(JSON.writeValueAsBytes(this), out);
    }

    /**
     * Reads it in the worker.
     *
     * @param in standard input; nothing behind this object is read
     * @return the object
     * @throws IOException if the input ends early or is something else
     */
    public static Bootstrap readFrom(InputStream in) throws IOException {
        ObjectReader madeWhileItIsAwaited = JSON.readerFor(Bootstrap.class);
        return madeWhileItIsAwaited.readValue(LengthPrefixed.read(in));
    }
}
