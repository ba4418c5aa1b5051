package dev.pipelinebox.internal.launch;

import dev.pipelinebox.api.HostHandle;
import dev.pipelinebox.api.WorkerExit;
import java.util.concurrent.CompletionStage;

/** A worker's process, as the master's side sees it. Thread-safe. */
public interface WorkerProcess {

    /**
     * The process id.
     *
     * @return the id
     */
    long pid();

    /**
     * The machine that it runs on.
     *
     * @return the name of the host; {@link HostHandle#LOCAL} for this one
     */
    default String host() {
        return HostHandle.LOCAL;
    }

    /**
     * Tells that the process has ended, at once.
     *
     * @return a stage that completes when the process is gone; it never fails
     */
    CompletionStage<Void> onEnd();

    /**
     * Tells when and how the process ended.
     *
     * @return a stage that completes once the process is gone and its output has been read; it never fails
     */
    CompletionStage<WorkerExit> onExit();

    /**
     * Gives the process, which was a spare, the number of the worker whose place it takes; its output is marked with it.
     *
     * @param workerIndex the number
     */
    void assign(int workerIndex);

    /**
     * Ends the process and all its descendants, at once and by force. Does nothing if it is gone.
     *
     * @param reason why, for the {@link WorkerExit}; the first reason given is the one that counts
     */
    void kill(String reason);
}
