package dev.pipelinebox.internal.link.transfer;

import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.SharedSlice;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.task.Demand;
import java.util.List;

/**
 * The messages in which outcomes go to the master.
 *
 * @param demand what the worker asks for with them
 */
public record ResultMessages(Demand demand) implements PayloadTransfer.Messages<OutcomeEnvelope, WorkerToMaster> {

    @Override
    public WorkerToMaster part(OutcomeEnvelope outcome, byte[] piece) {
        return new WorkerToMaster.ResultPart(outcome.taskId(), outcome.attempt(), outcome.size(), piece);
    }

    @Override
    public WorkerToMaster shared(List<SharedSlice> pieces) {
        return new WorkerToMaster.SharedResults(pieces);
    }

    @Override
    public WorkerToMaster batch(List<OutcomeEnvelope> outcomes) {
        return new WorkerToMaster.Done(outcomes, demand);
    }
}
