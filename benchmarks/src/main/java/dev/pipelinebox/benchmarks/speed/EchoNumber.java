package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.api.Worker;

/** Sends a number back. */
public final class EchoNumber implements Worker<Integer, Integer> {

    /** Nothing to prepare. */
    public EchoNumber() {}

    @Override
    public Integer runTask(Integer number) {
        return number;
    }
}
