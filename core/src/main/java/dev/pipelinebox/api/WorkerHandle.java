package dev.pipelinebox.api;

import java.util.concurrent.CompletionStage;

/**
 * One worker of a master: a slot that is always filled by one process. If the process dies, another one fills the slot,
 * with the same parameters and options. Handles are thread-safe. Their stages are completed, and dependent actions run,
 * on the completion executor of the master, as those of {@code ask}.
 */
public interface WorkerHandle {

    /**
     * The worker index, as monitors see it.
     *
     * @return the index, counting from 0 in the order of adding
     */
    int index();

    /**
     * The process that fills the slot, or filled it last. Waits, for milliseconds, while the first one is launched.
     *
     * @return the process id
     * @throws WorkerStartException if the process could not be launched
     */
    long pid();

    /**
     * The machine of the process that fills the slot, or filled it last. Another process may run elsewhere.
     *
     * @return the name of the host; {@link HostHandle#LOCAL} for the master's own machine, and before the first process
     *     is launched
     */
    default String host() {
        return HostHandle.LOCAL;
    }

    /**
     * Completes when the worker is built and takes tasks for the first time.
     *
     * @return a stage that completes with this handle; it fails with {@link WorkerStartException} if the worker cannot
     *     be built, and with {@link MasterClosedException} if the master or the worker is stopped before
     */
    CompletionStage<WorkerHandle> ready();

    /**
     * Stops this worker for good and does not affect the others. It gets no more tasks. Tasks that it holds but has not
     * started go to others at once. It finishes its running task, however long that takes. Then it closes the user's
     * {@link Worker}, and its process ends, or is killed after {@code pipelinebox.shutdown.grace}. A worker that is
     * still being built ends at once. No replacement is started. {@linkplain TaskOptions#withKey Keys} that were bound
     * to this worker are bound to another one.
     *
     * @return a stage that completes when the process is gone
     */
    CompletionStage<Void> stop();
}
