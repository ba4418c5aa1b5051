package dev.pipelinebox.internal.link.message;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pipelinebox.internal.task.Demand;
import java.util.List;

/** A message of a worker to the master. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerToMaster.Connected.class, name = "c"),
    @JsonSubTypes.Type(value = WorkerToMaster.Ready.class, name = "r"),
    @JsonSubTypes.Type(value = WorkerToMaster.InitFailed.class, name = "i"),
    @JsonSubTypes.Type(value = WorkerToMaster.ResultPart.class, name = "p"),
    @JsonSubTypes.Type(value = WorkerToMaster.GivenBack.class, name = "b"),
    @JsonSubTypes.Type(value = WorkerToMaster.Progressed.class, name = "g"),
    @JsonSubTypes.Type(value = WorkerToMaster.RecyclingDue.class, name = "w"),
    @JsonSubTypes.Type(value = WorkerToMaster.Pong.class, name = "o"),
    @JsonSubTypes.Type(value = WorkerToMaster.ThreadDump.class, name = "t"),
    @JsonSubTypes.Type(value = WorkerToMaster.Stopped.class, name = "s")
})
public sealed interface WorkerToMaster {

    /**
     * The process runs and begins to build the user's worker; the first message of a worker.
     *
     * @param token the one-time token that the process was started with
     * @param address where the worker listens
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Connected(String token, String address) implements WorkerToMaster {

        /** Keeps the secret out of logs. */
        @Override
        public String toString() {
            return "Connected[" + address + "]";
        }
    }

    /** The user's worker is built; with its first demand. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Ready(Demand demand) implements WorkerToMaster {}

    /**
     * The user's worker could not be built; the last message of such a worker, whose process then ends.
     *
     * @param report the encoded failure report of what its constructor threw
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record InitFailed(byte[] report) implements WorkerToMaster {}

    /**
     * Outcomes, in the order in which the tasks ended; in the form of {@link BatchCodec}.
     *
     * @param demand the worker's demand, which replaces what it said before
     */
    record Done(List<OutcomeEnvelope> outcomes, Demand demand) implements WorkerToMaster {}

    /**
     * A piece of a result that is too large for one message; the pieces come in order, before the task's outcome.
     *
     * @param total how many bytes the whole result has
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record ResultPart(long taskId, int attempt, int total, byte[] bytes) implements WorkerToMaster {}

    /**
     * Tasks that were not started and will not be, because of {@link MasterToWorker.Revoke} or {@link MasterToWorker.Stop}.
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record GivenBack(List<Long> taskIds) implements WorkerToMaster {}

    /**
     * The running task makes progress.
     *
     * @param fraction how much is done, from 0 to 1
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Progressed(long taskId, int attempt, double fraction, String note) implements WorkerToMaster {}

    /** The worker should be replaced; until then it runs tasks. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record RecyclingDue(String reason) implements WorkerToMaster {}

    /** The answer to {@link MasterToWorker.Ping}. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Pong() implements WorkerToMaster {}

    /** The answer to {@link MasterToWorker.DumpThreads}: the threads with their stacks, bounded. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record ThreadDump(String text) implements WorkerToMaster {}

    /** The user's worker is closed and the process ends now; the last message of a worker. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Stopped() implements WorkerToMaster {}
}
