package dev.pipelinebox.internal.link.message;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** A message of the master to a worker. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonSubTypes({
    @JsonSubTypes.Type(value = MasterToWorker.ArgumentPart.class, name = "p"),
    @JsonSubTypes.Type(value = MasterToWorker.Revoke.class, name = "r"),
    @JsonSubTypes.Type(value = MasterToWorker.Cancel.class, name = "c"),
    @JsonSubTypes.Type(value = MasterToWorker.DumpThreads.class, name = "d"),
    @JsonSubTypes.Type(value = MasterToWorker.Ping.class, name = "i"),
    @JsonSubTypes.Type(value = MasterToWorker.JoinCluster.class, name = "j"),
    @JsonSubTypes.Type(value = MasterToWorker.TakeSlot.class, name = "a"),
    @JsonSubTypes.Type(value = MasterToWorker.Stop.class, name = "s")
})
public sealed interface MasterToWorker {

    /** Tasks to run, in this order, after those that the worker already holds; in the form of {@link BatchCodec}. */
    record Tasks(List<TaskEnvelope> batch) implements MasterToWorker {}

    /**
     * A piece of an argument that is too large for one message; the pieces come in order, before the task's envelope.
     *
     * @param total how many bytes the whole argument has
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record ArgumentPart(long taskId, int total, byte[] bytes) implements MasterToWorker {}

    /** Takes back those of these tasks that have not been started; answered by {@link WorkerToMaster.GivenBack}. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Revoke(List<Long> taskIds) implements MasterToWorker {}

    /**
     * Drops these tasks: one that has not been started is forgotten, one that runs is interrupted. Each still has an
     * outcome.
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Cancel(List<Long> taskIds) implements MasterToWorker {}

    /** A spare takes over the slot with this index; comes before its first tasks. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record TakeSlot(int index) implements MasterToWorker {}

    /**
     * Has the process join the cluster.
     *
     * @param node the address of a member
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record JoinCluster(String node) implements MasterToWorker {}

    /** Takes a dump of all threads; answered by {@link WorkerToMaster.ThreadDump}. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record DumpThreads() implements MasterToWorker {}

    /** Has the worker show that it is alive; answered by {@link WorkerToMaster.Pong}. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Ping() implements MasterToWorker {}

    /**
     * Ends the worker: tasks that have not been started are given back by {@link WorkerToMaster.GivenBack}, the running task
     * is finished, the user's worker closed.
     *
     * @param interrupt whether the running task is interrupted
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Stop(boolean interrupt) implements MasterToWorker {}
}
