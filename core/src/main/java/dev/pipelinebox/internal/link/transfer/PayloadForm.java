package dev.pipelinebox.internal.link.transfer;

import dev.pipelinebox.internal.link.message.Envelope;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of one direction that carry payloads: batches, and pieces of what is too large for them. */
public interface PayloadForm<M, E extends Envelope> {

    /** The tasks for a worker. */
    PayloadForm<MasterToWorker, TaskEnvelope> ARGUMENTS = new Arguments();

    /** The outcomes of a worker. */
    PayloadForm<WorkerToMaster, OutcomeEnvelope> RESULTS = new Results();

    /** A piece of a payload that has so many bytes in all. */
    record Piece(long taskId, int total, byte[] bytes) {}

    /** What is in a batch; {@code null} if the message is none. */
    @Nullable
    List<E> envelopes(M message);

    /** A batch of other envelopes, otherwise like this one. */
    M batch(M whole, List<E> envelopes);

    /** The envelope around other bytes. */
    E with(E envelope, byte[] payload);

    /** A message with a piece of the payload of an envelope. */
    M part(E envelope, byte[] piece);

    /** The piece in a message; {@code null} if it holds none. */
    @Nullable
    Piece piece(M message);

    /** Of {@link #ARGUMENTS}. */
    final class Arguments implements PayloadForm<MasterToWorker, TaskEnvelope> {

        private Arguments() {}

        @Override
        public @Nullable List<TaskEnvelope> envelopes(MasterToWorker message) {
            return message instanceof MasterToWorker.Tasks tasks ? tasks.batch() : null;
        }

        @Override
        public MasterToWorker batch(MasterToWorker whole, List<TaskEnvelope> tasks) {
            return new MasterToWorker.Tasks(tasks);
        }

        @Override
        public TaskEnvelope with(TaskEnvelope task, byte[] payload) {
            return task.withPayload(payload);
        }

        @Override
        public MasterToWorker part(TaskEnvelope task, byte[] piece) {
            return new MasterToWorker.ArgumentPart(task.firstId(), task.size(), piece);
        }

        @Override
        public @Nullable Piece piece(MasterToWorker message) {
            return message instanceof MasterToWorker.ArgumentPart part
                    ? new Piece(part.taskId(), part.total(), part.bytes())
                    : null;
        }
    }

    /** Of {@link #RESULTS}. */
    final class Results implements PayloadForm<WorkerToMaster, OutcomeEnvelope> {

        private Results() {}

        @Override
        public @Nullable List<OutcomeEnvelope> envelopes(WorkerToMaster message) {
            return message instanceof WorkerToMaster.Done done ? done.outcomes() : null;
        }

        /** Each part of a batch says the demand, which is a level. */
        @Override
        public WorkerToMaster batch(WorkerToMaster whole, List<OutcomeEnvelope> outcomes) {
            return new WorkerToMaster.Done(outcomes, ((WorkerToMaster.Done) whole).demand());
        }

        @Override
        public OutcomeEnvelope with(OutcomeEnvelope outcome, byte[] payload) {
            return outcome.withPayload(payload);
        }

        @Override
        public WorkerToMaster part(OutcomeEnvelope outcome, byte[] piece) {
            return new WorkerToMaster.ResultPart(outcome.firstId(), outcome.attempt(), outcome.size(), piece);
        }

        @Override
        public @Nullable Piece piece(WorkerToMaster message) {
            return message instanceof WorkerToMaster.ResultPart part
                    ? new Piece(part.taskId(), part.total(), part.bytes())
                    : null;
        }
    }
}
