package dev.pipelinebox;

import dev.pipelinebox.master.TaskSink;

/** Somebody who waits for outcomes. */
interface Caller extends Waiter, TaskSink {

    /** Something that takes so much memory is on its way from one stage of a pipeline to the next. */
    default void onPassedOn(int bytes) {}
}
