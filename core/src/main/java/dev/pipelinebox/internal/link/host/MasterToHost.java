package dev.pipelinebox.internal.link.host;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pipelinebox.internal.launch.blob.transfer.FromBlobSender;
import dev.pipelinebox.internal.launch.code.manifest.CodeManifest;
import java.util.List;
import java.util.Map;

/** A message of the master to a host. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonSubTypes({
    @JsonSubTypes.Type(value = MasterToHost.Welcome.class, name = "w"),
    @JsonSubTypes.Type(value = MasterToHost.Refused.class, name = "r"),
    @JsonSubTypes.Type(value = MasterToHost.Code.class, name = "c"),
    @JsonSubTypes.Type(value = MasterToHost.Launch.class, name = "l"),
    @JsonSubTypes.Type(value = MasterToHost.Assign.class, name = "a"),
    @JsonSubTypes.Type(value = MasterToHost.Kill.class, name = "k"),
    @JsonSubTypes.Type(value = MasterToHost.Leave.class, name = "v"),
    @JsonSubTypes.Type(value = MasterToHost.ToBlobs.class, name = "b")
})
public sealed interface MasterToHost {

    /**
     * The host is let in.
     *
     * @param address the master's end of the link, a serialised actor reference
     * @param hostLeaseMillis how long after sending the last granted request the host's workers may run
     * @param defaults how workers are started where their options say nothing else
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Welcome(String address, long hostLeaseMillis, ProcessOptions defaults) implements MasterToHost {}

    /** The host is not let in, and told why. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Refused(String why) implements MasterToHost {}

    /**
     * Starts a worker.
     *
     * @param process its number among all that the master started
     * @param bootstrap what it is told, as JSON
     * @param options how its JVM is started
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Launch(long process, byte[] bootstrap, ProcessOptions options) implements MasterToHost {

        /** Parameters may hold secrets. */
        @Override
        public String toString() {
            return "Launch[" + process + "]";
        }
    }

    /**
     * The code of the workers; comes before the first of them.
     *
     * @param manifest what there is
     * @param jvmArguments arguments of the JVM that classes depend on
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Code(CodeManifest manifest, List<String> jvmArguments) implements MasterToHost {}

    /** What the sender of code says. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record ToBlobs(FromBlobSender message) implements MasterToHost {}

    /** A spare takes over the slot with this index. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Assign(long process, int index) implements MasterToHost {}

    /** Ends the process of a worker by force. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Kill(long process, String reason) implements MasterToHost {}

    /** The host is not needed any more. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Leave(String reason) implements MasterToHost {}

    /**
     * How the JVM of a worker is started.
     *
     * @param jvmArguments further arguments
     * @param heapBytes the greatest heap; 0 for a fair share
     * @param processors how many processors it reckons with; 0 for a fair share
     * @param environment further variables
     * @param directory the working directory on the host; "" for a private one
     * @param javaHome the Java installation on the host; "" for the one that the host chooses
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record ProcessOptions(
            List<String> jvmArguments,
            long heapBytes,
            int processors,
            Map<String, String> environment,
            String directory,
            String javaHome) {

        /** The environment may hold secrets. */
        @Override
        public String toString() {
            return "options of a process";
        }
    }
}
