package dev.pipelinebox.environments.program;

import dev.pipelinebox.api.Worker;

/** Tells the facts of its process; the argument names a resource. */
public final class FactsWorker implements Worker<String, ProcessFacts> {

    /** Builds it. */
    public FactsWorker() {}

    @Override
    public ProcessFacts runTask(String resource) {
        return ProcessFacts.current(resource);
    }
}
