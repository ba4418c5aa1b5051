package dev.pipelinebox.internal.link.message;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What the master says to a worker. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonSubTypes({
    @JsonSubTypes.Type(value = MasterToWorker.Tasks.class, name = "t"),
    @JsonSubTypes.Type(value = MasterToWorker.ArgumentPart.class, name = "p"),
    @JsonSubTypes.Type(value = MasterToWorker.SharedArguments.class, name = "m"),
    @JsonSubTypes.Type(value = MasterToWorker.Revoke.class, name = "r"),
    @JsonSubTypes.Type(value = MasterToWorker.Cancel.class, name = "c"),
    @JsonSubTypes.Type(value = MasterToWorker.DumpThreads.class, name = "d"),
    @JsonSubTypes.Type(value = MasterToWorker.Ping.class, name = "i"),
    @JsonSubTypes.Type(value = MasterToWorker.Assigned.class, name = "a"),
    @JsonSubTypes.Type(value = MasterToWorker.Stop.class, name = "s")
})
public sealed interface MasterToWorker {

    /**
     * Tasks to run, in this order, after those that the worker already holds.
     *
     * @param batch the tasks
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Tasks(List<TaskEnvelope> batch) implements MasterToWorker {}

    /**
     * A piece of an argument that is too large for one frame; the pieces come in order, before the task's envelope.
     *
     * @param taskId the task
     * @param total how many bytes the argument has
     * @param bytes the piece
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record ArgumentPart(long taskId, int total, byte[] bytes) implements MasterToWorker {}

    /**
     * Pieces of large arguments, handed over in memory; they come in order, before the tasks' envelopes.
     *
     * @param pieces where they are
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record SharedArguments(List<SharedSlice> pieces) implements MasterToWorker {}

    /**
     * Gives back those of these tasks that have not been started; answered by {@link WorkerToMaster.Returned}.
     *
     * @param taskIds the tasks
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Revoke(List<Long> taskIds) implements MasterToWorker {}

    /**
     * Drops these tasks: one that has not been started is forgotten, one that runs is interrupted. Each still has an
     * outcome.
     *
     * @param taskIds the tasks
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Cancel(List<Long> taskIds) implements MasterToWorker {}

    /**
     * A spare takes over a place; comes before its first tasks.
     *
     * @param index the worker's number from now on
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Assigned(int index) implements MasterToWorker {}

    /** Asks for a picture of all threads; answered by {@link WorkerToMaster.ThreadDump}. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record DumpThreads() implements MasterToWorker {}

    /** Asks for a sign of life, which is that this is acknowledged. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Ping() implements MasterToWorker {}

    /**
     * Ends the worker: what has not been started is given back by {@link WorkerToMaster.Returned}, the running task is
     * finished, the user's worker closed.
     *
     * @param interrupt whether the running task is interrupted
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Stop(boolean interrupt) implements MasterToWorker {}
}
