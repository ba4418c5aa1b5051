package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.PipelineBoxException;

/** Somebody who waits, and must not wait for ever if the master is gone. */
public interface TerminationListener {

    /** Nothing will come any more. */
    void onMasterGone(PipelineBoxException reason);
}
