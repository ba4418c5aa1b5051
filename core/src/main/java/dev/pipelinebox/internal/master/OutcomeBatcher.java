package dev.pipelinebox.internal.master;

import dev.pipelinebox.internal.task.OutcomeBatch;
import dev.pipelinebox.internal.task.OutcomeSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Collects outcomes on their way to their callers; successive outcomes for one caller are delivered together. */
final class OutcomeBatcher {

    private final Executor executor;
    private @Nullable OutcomeSink sink;
    private List<OutcomeBatch> open = new ArrayList<>();

    /** Delivers on this executor. */
    OutcomeBatcher(Executor executor) {
        this.executor = executor;
    }

    /** Takes in outcomes, which wait for others of the same caller until {@link #flush}. */
    void add(OutcomeSink to, OutcomeBatch outcomes) {
        if (to != sink) {
            flush();
            sink = to;
        }
        open.add(outcomes);
    }

    /** Delivers what was collected. */
    void flush() {
        OutcomeSink to = sink;
        if (to != null) {
            List<OutcomeBatch> outcomes = open;
            sink = null;
            open = new ArrayList<>(outcomes.size());
            executor.execute(() -> to.onOutcomes(outcomes));
        }
    }
}
