package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.bootstrap.FaultPlan.TaskFault;

/** What a worker runs in, a process of its own or the application's, and what its end means there. Thread-safe. */
public interface WorkerEnvironment {

    /** A thread for the user's code, not yet started; its context class loader knows the worker class. */
    Thread taskThread(Runnable tasks);

    /** The worker has stopped, and the master knows it. */
    void onStopped();

    /** No worker can be started here. */
    void onUnstartable(Throwable problem);

    /** The worker has lost its master. */
    void onMasterLost();

    /** Injects a fault. If this returns at all, the worker has been abandoned and its thread has to end. */
    void inject(TaskFault fault);
}
