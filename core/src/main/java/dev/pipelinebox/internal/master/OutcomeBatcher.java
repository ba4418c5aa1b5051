package dev.pipelinebox.internal.master;

import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Outcomes on their way to their callers; those that come together for one of them are handed over together. */
final class OutcomeBatcher {

    private final Executor executor;
    private @Nullable OutcomeSink sink;
    private List<TaskOutcome> open = new ArrayList<>();

    /** Hands over through this. */
    OutcomeBatcher(Executor executor) {
        this.executor = executor;
    }

    /** Takes in an outcome, which waits for others of the same caller until {@link #flush}. */
    void add(Task task, Outcome outcome) {
        if (task.sink() != sink) {
            flush();
            sink = task.sink();
        }
        open.add(new TaskOutcome(task.id(), outcome));
    }

    /** Hands over what has come together. */
    void flush() {
        OutcomeSink to = sink;
        if (to != null) {
            List<TaskOutcome> outcomes = open;
            sink = null;
            open = new ArrayList<>(outcomes.size());
            executor.execute(() -> to.onOutcomes(outcomes));
        }
    }
}
