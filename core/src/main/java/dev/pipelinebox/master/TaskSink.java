package dev.pipelinebox.master;

/** Where the outcomes of a caller's tasks go. Called once for each task; must not block nor throw. */
@FunctionalInterface
public interface TaskSink {

    /**
     * Takes a task's outcome.
     *
     * @param taskId the task's number
     * @param outcome how it ended
     */
    void onOutcome(long taskId, Outcome outcome);
}
