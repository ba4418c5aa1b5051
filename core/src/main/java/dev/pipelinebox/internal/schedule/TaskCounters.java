package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.internal.task.Outcome;

/** How many tasks there were, and how they ended. Not thread-safe. */
public final class TaskCounters {

    private long added;
    private long done;
    private long failed;
    private long cancelled;

    public void added() {
        added++;
    }

    public void ended(Outcome outcome) {
        if (outcome instanceof Outcome.Returned) {
            done++;
        } else if (outcome instanceof Outcome.Refused refused && refused.error() instanceof TaskCancelledException) {
            cancelled++;
        } else {
            failed++;
        }
    }

    public long done() {
        return done;
    }

    public long failed() {
        return failed;
    }

    public long cancelled() {
        return cancelled;
    }

    /** Those that have no outcome yet. */
    public long open() {
        return added - done - failed - cancelled;
    }
}
