package dev.pipelinebox.internal.link.message;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pipelinebox.internal.bootstrap.OneTimeToken;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.task.Demand;
import java.util.List;

/** What a worker says to the master. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerToMaster.Connected.class, name = "c"),
    @JsonSubTypes.Type(value = WorkerToMaster.Ready.class, name = "r"),
    @JsonSubTypes.Type(value = WorkerToMaster.InitFailed.class, name = "i"),
    @JsonSubTypes.Type(value = WorkerToMaster.Done.class, name = "d"),
    @JsonSubTypes.Type(value = WorkerToMaster.ResultPart.class, name = "p"),
    @JsonSubTypes.Type(value = WorkerToMaster.SharedResults.class, name = "m"),
    @JsonSubTypes.Type(value = WorkerToMaster.Returned.class, name = "b"),
    @JsonSubTypes.Type(value = WorkerToMaster.Progressed.class, name = "g"),
    @JsonSubTypes.Type(value = WorkerToMaster.Worn.class, name = "w"),
    @JsonSubTypes.Type(value = WorkerToMaster.ThreadDump.class, name = "t"),
    @JsonSubTypes.Type(value = WorkerToMaster.Stopped.class, name = "s")
})
public sealed interface WorkerToMaster {

    /**
     * The process runs and begins to build the user's worker; the first message of a worker.
     *
     * @param token the one-time token that the process was started with
     * @param ref where the worker listens
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Connected(OneTimeToken token, ActorRef<MasterFrame> ref) implements WorkerToMaster {}

    /**
     * The user's worker is built.
     *
     * @param demand its first demand
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Ready(Demand demand) implements WorkerToMaster {}

    /**
     * The user's worker could not be built; the last message of such a worker, whose process then ends.
     *
     * @param report what its constructor threw
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record InitFailed(FailureReport report) implements WorkerToMaster {}

    /**
     * Tasks that have come to their end, and what the worker asks for now.
     *
     * @param outcomes how the tasks ended, in the order in which they did
     * @param demand the worker's demand, replacing what it said before
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Done(List<OutcomeEnvelope> outcomes, Demand demand) implements WorkerToMaster {}

    /**
     * A piece of a result that is too large for one frame; the pieces come in order, before the task's outcome.
     *
     * @param taskId the task
     * @param attempt which try it was
     * @param total how many bytes the result has
     * @param bytes the piece
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record ResultPart(long taskId, int attempt, int total, byte[] bytes) implements WorkerToMaster {}

    /**
     * Pieces of large results, handed over in memory; they come in order, before the tasks' outcomes.
     *
     * @param pieces where they are
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record SharedResults(List<SharedSlice> pieces) implements WorkerToMaster {}

    /**
     * Tasks that were not started and will not be, by {@link MasterToWorker.Revoke} or
     * {@link MasterToWorker.Stop}.
     *
     * @param taskIds the tasks
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Returned(List<Long> taskIds) implements WorkerToMaster {}

    /**
     * The running task gets on.
     *
     * @param taskId the task
     * @param attempt which try it is
     * @param fraction how much is done, from 0 to 1
     * @param note what is being done
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Progressed(long taskId, int attempt, double fraction, String note) implements WorkerToMaster {}

    /**
     * The worker should be replaced; until then it goes on.
     *
     * @param reason why
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Worn(String reason) implements WorkerToMaster {}

    /**
     * The answer to {@link MasterToWorker.DumpThreads}.
     *
     * @param text the threads with their stacks, bounded
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record ThreadDump(String text) implements WorkerToMaster {}

    /** The user's worker is closed and the process ends now; the last message of a worker. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Stopped() implements WorkerToMaster {}
}
