package dev.pipelinebox.internal.link.host;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.launch.blob.transfer.FromBlobReceiver;

/** A message of a host to the master. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonSubTypes({
    @JsonSubTypes.Type(value = HostToMaster.Launched.class, name = "l"),
    @JsonSubTypes.Type(value = HostToMaster.NotLaunched.class, name = "n"),
    @JsonSubTypes.Type(value = HostToMaster.Ended.class, name = "e"),
    @JsonSubTypes.Type(value = HostToMaster.Exited.class, name = "x"),
    @JsonSubTypes.Type(value = HostToMaster.Printed.class, name = "p"),
    @JsonSubTypes.Type(value = HostToMaster.Leaving.class, name = "v"),
    @JsonSubTypes.Type(value = HostToMaster.Goodbye.class, name = "g"),
    @JsonSubTypes.Type(value = HostToMaster.Unsuitable.class, name = "u"),
    @JsonSubTypes.Type(value = HostToMaster.CodeReady.class, name = "c"),
    @JsonSubTypes.Type(value = HostToMaster.FromBlobs.class, name = "b")
})
public sealed interface HostToMaster {

    /** The process of a worker runs. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Launched(long process, long pid) implements HostToMaster {}

    /** It cannot be started. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record NotLaunched(long process, String why) implements HostToMaster {}

    /** It has ended; how is told later by {@link Exited}. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Ended(long process) implements HostToMaster {}

    /** How it has ended. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Exited(long process, WorkerExit exit) implements HostToMaster {}

    /**
     * Output of workers, each line marked with its worker.
     *
     * @param toErr whether it goes to standard error
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Printed(boolean toErr, byte[] bytes) implements HostToMaster {}

    /** What the receiver of code says. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record FromBlobs(FromBlobReceiver message) implements HostToMaster {}

    /** All code is there, so that workers can be started. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record CodeReady() implements HostToMaster {}

    /** The host cannot run workers of this master. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Unsuitable(String reason) implements HostToMaster {}

    /** The host's workers have ended, and it does so now. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Goodbye() implements HostToMaster {}

    /** The host takes no more workers, ends those that it has when they have finished their tasks, and then ends. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Leaving(String reason) implements HostToMaster {}
}
