package dev.pipelinebox.internal.pool;

import dev.pipelinebox.api.WorkerStartException;

/** Is called with the changes of one worker's state. Must not block nor throw. */
public interface WorkerListener {

    /** A process was launched for the worker: the first, or a replacement. */
    void onLaunched(long pid, String host);

    /** A process of the worker takes tasks. */
    void onReady();

    /** The worker could not be started and is not tried again. */
    void onGivenUp(WorkerStartException error);

    /** The worker was stopped, or the master has ended. */
    void onStopped();
}
