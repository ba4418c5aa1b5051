package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.internal.task.TaskOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Outcomes that a reader takes together, so that it needs the lock of the run once for all of them. Not thread-safe. */
final class ReadBatch {

    private final List<TaskOutcome> outcomes = new ArrayList<>();
    private int next;
    private int released;

    void add(TaskOutcome outcome) {
        outcomes.add(outcome);
    }

    int size() {
        return outcomes.size();
    }

    boolean hasNext() {
        return next < outcomes.size();
    }

    /** The next outcome, which is read by this. */
    TaskOutcome next() {
        return outcomes.get(next++);
    }

    /** Gives the ids of the tasks that were read since the last call. */
    void releaseRead(LongConsumer onRead) {
        for (; released < next; released++) {
            onRead.accept(outcomes.get(released).taskId());
        }
        if (!hasNext()) {
            clear();
        }
    }

    void clear() {
        outcomes.clear();
        next = 0;
        released = 0;
    }
}
