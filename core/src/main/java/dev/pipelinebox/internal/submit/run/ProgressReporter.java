package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.api.ProgressListener;
import java.util.List;

/** Tells progress listeners how many results the reader has been given, and of how many. Not thread-safe. */
final class ProgressReporter {

    private final List<ProgressListener> listeners;
    private long done;

    ProgressReporter(List<ProgressListener> listeners) {
        this.listeners = listeners;
    }

    void onResult(long total) {
        done++;
        for (ProgressListener listener : listeners) {
            listener.onProgress(done, total);
        }
    }
}
