package dev.pipelinebox.master;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Outcomes on their way to their callers; those that come together for one of them are handed over together. */
final class Deliveries {

    private final Executor executor;
    private @Nullable TaskSink sink;
    private List<TaskOutcome> open = new ArrayList<>();

    /** Hands over through this. */
    Deliveries(Executor executor) {
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
        TaskSink to = sink;
        if (to != null) {
            List<TaskOutcome> outcomes = open;
            sink = null;
            open = new ArrayList<>(outcomes.size());
            executor.execute(() -> to.onOutcomes(outcomes));
        }
    }
}
