package dev.pipelinebox;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.master.TaskSink;

/** Somebody who waits for outcomes, and must not wait for ever if the master is gone. */
interface Caller extends TaskSink {

    /** Something of this size is on its way from one stage of a pipeline to the next. */
    default void onPassedOn(int bytes) {}

    /** No outcome will come any more. */
    void onMasterGone(PipelineBoxException reason);
}
