package dev.pipelinebox.worker;

import dev.pipelinebox.protocol.Demand;
import dev.pipelinebox.protocol.Envelopes;
import dev.pipelinebox.protocol.OutcomeEnvelope;
import dev.pipelinebox.protocol.SharedPiece;
import dev.pipelinebox.protocol.WorkerToMaster;
import java.util.List;

/**
 * The messages in which outcomes go to the master.
 *
 * @param demand what the worker asks for with them
 */
record ResultMessages(Demand demand) implements Envelopes.Messages<OutcomeEnvelope, WorkerToMaster> {

    @Override
    public WorkerToMaster part(OutcomeEnvelope outcome, byte[] piece) {
        return new WorkerToMaster.ResultPart(outcome.taskId(), outcome.attempt(), outcome.size(), piece);
    }

    @Override
    public WorkerToMaster shared(List<SharedPiece> pieces) {
        return new WorkerToMaster.SharedResults(pieces);
    }

    @Override
    public WorkerToMaster batch(List<OutcomeEnvelope> outcomes) {
        return new WorkerToMaster.Done(outcomes, demand);
    }
}
