package dev.pipelinebox;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.master.TaskSink;

/** Somebody who waits for outcomes, and must not wait for ever if the master is gone. */
interface Caller extends TaskSink {

    /** No outcome will come any more. */
    void onMasterGone(PipelineBoxException reason);
}
