package dev.pipelinebox.internal.client;

import dev.pipelinebox.internal.task.OutcomeSink;

/** Somebody who waits for outcomes. */
public interface OutcomeListener extends TerminationListener, OutcomeSink {

    /** Something that takes so much memory is on its way from one stage of a pipeline to the next. */
    default void onPassedOn(int bytes) {}
}
