package dev.pipelinebox;

import dev.pipelinebox.api.PipelineBoxException;

/** Somebody who waits, and must not wait for ever if the master is gone. */
interface Waiter {

    /** Nothing will come any more. */
    void onMasterGone(PipelineBoxException reason);
}
