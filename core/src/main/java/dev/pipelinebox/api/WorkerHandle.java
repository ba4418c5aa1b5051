package dev.pipelinebox.api;

import java.util.concurrent.CompletionStage;

/**
 * One worker of a master: a place that is always filled by one process. If the process dies, another one takes the
 * place, with the same parameters and options. Handles may be used from any thread. Their stages are completed, and
 * dependent actions run, on the completion executor of the master, as those of {@code ask}.
 */
public interface WorkerHandle {

    /**
     * The worker's number, as monitors see it.
     *
     * @return the index, counting from 0 in the order of adding
     */
    int index();

    /**
     * The process that fills the place, or filled it last. Waits, for milliseconds, while the first one is launched.
     *
     * @return the process id
     * @throws WorkerStartException if the process could not be launched
     */
    long pid();

    /**
     * Tells when the worker is built and takes tasks for the first time.
     *
     * @return a stage that completes with this handle; it fails with {@link WorkerStartException} if the worker cannot
     *     be built, and with {@link MasterClosedException} if the master or the worker is stopped before
     */
    CompletionStage<WorkerHandle> ready();

    /**
     * Stops this worker for good, and leaves the others alone: it gets no more tasks; those that it only held go to the
     * others at once; it finishes the one that it runs, however long that takes; then it closes the user's {@link
     * Worker} and its process ends, or is killed after {@code pipelinebox.shutdown.grace}. A worker that is still being
     * built is ended at once. No replacement is started; {@linkplain TaskOptions#withKey keys} that were bound to this
     * worker are bound anew.
     *
     * @return a stage that completes when the process is gone
     */
    CompletionStage<Void> stop();
}
