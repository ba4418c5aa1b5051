package dev.pipelinebox.internal.master;

import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Collects outcomes on their way to their callers; successive outcomes for one caller are delivered together. */
final class OutcomeBatcher {

    private final Executor executor;
    private @Nullable OutcomeSink sink;
    private List<TaskOutcome> open = new ArrayList<>();

    /** Delivers on this executor. */
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

    /** Delivers what was collected. */
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
