package dev.pipelinebox.internal.link.transfer;

import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.SharedSlice;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import java.util.List;

/** The messages in which tasks go to a worker. */
public enum ArgumentMessages implements PayloadTransfer.Messages<TaskEnvelope, MasterToWorker> {
    PLAIN;

    @Override
    public MasterToWorker part(TaskEnvelope task, byte[] piece) {
        return new MasterToWorker.ArgumentPart(task.taskId(), task.size(), piece);
    }

    @Override
    public MasterToWorker shared(List<SharedSlice> pieces) {
        return new MasterToWorker.SharedArguments(pieces);
    }

    @Override
    public MasterToWorker batch(List<TaskEnvelope> tasks) {
        return new MasterToWorker.Tasks(tasks);
    }
}
