package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.bootstrap.FaultPlan.TaskFault;

/** Where a worker lives, and what the end of its life means there. Thread-safe. */
public interface WorkerEnvironment {

    /** A thread for the user's code, not yet started; its context class loader is the one that knows the worker class. */
    Thread thread(Runnable tasks);

    /** The worker has said its last word, and the master has heard it. */
    void stopped();

    /** There can be no worker here. */
    void unstartable(Throwable problem);

    /** The worker belongs to no master any more. */
    void masterLost();

    /** Brings a fault upon the worker. If this returns at all, the worker has been abandoned and its thread has to end. */
    void suffer(TaskFault fault);
}
