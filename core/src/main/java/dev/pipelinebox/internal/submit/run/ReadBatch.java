package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.internal.task.TaskOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Outcomes that a reader has fetched together, so that it need not meet the others for each of them. Not thread-safe: the
 * reader's own.
 */
final class ReadBatch {

    private final List<TaskOutcome> outcomes = new ArrayList<>();
    private int next;
    private int told;

    void add(TaskOutcome outcome) {
        outcomes.add(outcome);
    }

    int size() {
        return outcomes.size();
    }

    boolean hasNext() {
        return next < outcomes.size();
    }

    /** The next one, which is read by this. */
    TaskOutcome next() {
        return outcomes.get(next++);
    }

    /** Names those that were read since this was called last. */
    void tellRead(LongConsumer read) {
        for (; told < next; told++) {
            read.accept(outcomes.get(told).taskId());
        }
        if (!hasNext()) {
            clear();
        }
    }

    void clear() {
        outcomes.clear();
        next = 0;
        told = 0;
    }
}
