package dev.pipelinebox.internal.event;

import dev.pipelinebox.api.TaskMonitor;

/** Takes the events of tasks, each alone, for those who hear them. */
public interface TaskEvents extends TaskMonitor {

    /** Whether anyone hears them; otherwise nothing need be done for each task. */
    boolean areHeard();
}
