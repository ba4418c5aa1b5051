package dev.pipelinebox.api;

/** Receives the progress of a run, on the thread that reads the results, right before each result is delivered. */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Called once for each result of a run. An exception that it throws reaches the reader of the results, in place of
     * that result.
     *
     * @param done how many results of this run have been read, including this one; from 1
     * @param total how many tasks this run has: the size of the input if it is known, otherwise the number of tasks
     *     submitted so far
     */
    void onProgress(long done, long total);
}
