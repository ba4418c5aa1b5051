package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.PipelineBoxException;

/** Hears when the master ends, so that it does not wait for ever. */
public interface TerminationListener {

    /** No more outcome will come. */
    void onMasterEnded(PipelineBoxException reason);
}
