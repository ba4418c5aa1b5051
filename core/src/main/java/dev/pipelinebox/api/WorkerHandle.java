package dev.pipelinebox.api;

import java.util.concurrent.CompletionStage;

/**
 * One worker of a master: a place that is always filled by one process. If the process dies, another one takes the
 * place, with the same parameters and options. Handles may be used from any thread.
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
     * Stops this worker for good: it finishes the task that it runs, closes the user's {@link Worker}, and its process
     * ends; tasks that it only held go to the others. No replacement is started.
     *
     * @return a stage that completes when the process is gone
     */
    CompletionStage<Void> stop();
}
