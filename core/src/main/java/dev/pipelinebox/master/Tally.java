package dev.pipelinebox.master;

import dev.pipelinebox.api.TaskCancelledException;

/** How many tasks there were, and how they ended. Not thread-safe. */
final class Tally {

    private long added;
    private long done;
    private long failed;
    private long cancelled;

    void added() {
        added++;
    }

    void ended(Outcome outcome) {
        if (outcome instanceof Outcome.Returned) {
            done++;
        } else if (outcome instanceof Outcome.Refused refused && refused.error() instanceof TaskCancelledException) {
            cancelled++;
        } else {
            failed++;
        }
    }

    long done() {
        return done;
    }

    long failed() {
        return failed;
    }

    long cancelled() {
        return cancelled;
    }

    /** Those that have no outcome yet. */
    long open() {
        return added - done - failed - cancelled;
    }
}
