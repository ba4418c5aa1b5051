package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.api.ProgressListener;
import java.util.List;

/** Tells how many results a reader has been given, and of how many. Not thread-safe: the reader's own. */
final class ProgressReporter {

    private final List<ProgressListener> listeners;
    private long done;

    ProgressReporter(List<ProgressListener> listeners) {
        this.listeners = listeners;
    }

    /** One more was given, of so many as far as the reader knows. */
    void onGiven(long total) {
        done++;
        for (ProgressListener listener : listeners) {
            listener.onProgress(done, total);
        }
    }
}
