package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.api.Worker;

/** Says at once in which process it is. */
public final class PidWorker implements Worker<Integer, Long> {

    /** Nothing to prepare. */
    public PidWorker() {}

    @Override
    public Long runTask(Integer ignored) {
        return ProcessHandle.current().pid();
    }
}
