package dev.pipelinebox.internal.client;

import dev.pipelinebox.internal.task.OutcomeSink;

/** Hears the outcomes of the tasks that were submitted for it. */
public interface OutcomeListener extends TerminationListener, OutcomeSink {

    /** A result of so many bytes goes from one stage of a pipeline to the next. */
    default void onForwarded(int bytes) {}
}
