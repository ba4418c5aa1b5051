package dev.pipelinebox.api;

/** Told of a run's progress, on the thread that reads the results, right before each result is handed out. */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Called once for each result of a run. What it throws reaches the caller that reads the results, in place of that
     * result.
     *
     * @param done how many results of this run have been read, this one included; from 1
     * @param total how many tasks this run has: the size of the input where it is known, otherwise what has been taken
     *     in up to now
     */
    void onProgress(long done, long total);
}
