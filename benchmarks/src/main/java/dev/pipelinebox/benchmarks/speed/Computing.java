package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.api.Worker;
import dev.pipelinebox.benchmarks.floor.Work;

/** Computes so many steps. */
public final class Computing implements Worker<Long, Long> {

    /** Nothing to prepare. */
    public Computing() {}

    @Override
    public Long runTask(Long steps) {
        return Work.compute(steps);
    }
}
