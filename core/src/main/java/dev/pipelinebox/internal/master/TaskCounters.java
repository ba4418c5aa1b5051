package dev.pipelinebox.internal.master;

import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.internal.task.Outcome;

/** How many tasks there were, and how they ended. Not thread-safe. */
final class TaskCounters {

    private long added;
    private long done;
    private long failed;
    private long cancelled;

    void added(int tasks) {
        added += tasks;
    }

    void ended(Outcome outcome) {
        if (outcome instanceof Outcome.Returned) {
            done += outcome.count();
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
