package dev.pipelinebox.internal.event;

import dev.pipelinebox.api.TaskMonitor;

/** Takes all events, those of tasks one by one, for those who hear them. */
public interface TaskEvents extends TaskMonitor {

    /** Whether anyone hears them; otherwise nothing need be done for each task. */
    boolean areHeard();
}
