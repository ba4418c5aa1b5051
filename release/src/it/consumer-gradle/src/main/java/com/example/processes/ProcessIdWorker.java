package com.example.processes;

import dev.pipelinebox.api.Worker;

/** Tells in which process it is. */
public final class ProcessIdWorker implements Worker<String, Long> {

    @Override
    public Long runTask(String argument) {
        return ProcessHandle.current().pid();
    }
}
