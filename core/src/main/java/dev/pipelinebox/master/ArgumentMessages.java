package dev.pipelinebox.master;

import dev.pipelinebox.protocol.Envelopes;
import dev.pipelinebox.protocol.MasterToWorker;
import dev.pipelinebox.protocol.SharedPiece;
import dev.pipelinebox.protocol.TaskEnvelope;
import java.util.List;

/** The messages in which tasks go to a worker. */
enum ArgumentMessages implements Envelopes.Messages<TaskEnvelope, MasterToWorker> {
    PLAIN;

    @Override
    public MasterToWorker part(TaskEnvelope task, byte[] piece) {
        return new MasterToWorker.ArgumentPart(task.taskId(), task.size(), piece);
    }

    @Override
    public MasterToWorker shared(List<SharedPiece> pieces) {
        return new MasterToWorker.SharedArguments(pieces);
    }

    @Override
    public MasterToWorker batch(List<TaskEnvelope> tasks) {
        return new MasterToWorker.Tasks(tasks);
    }
}
