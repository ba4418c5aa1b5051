package dev.pipelinebox.internal.task;

import java.util.List;

/** Where the outcomes of a caller's tasks go, one for each task. Must not block nor throw. */
@FunctionalInterface
public interface OutcomeSink {

    /**
     * Takes a task's outcome.
     *
     * @param taskId the task's number
     * @param outcome how it ended
     */
    void onOutcome(long taskId, Outcome outcome);

    /**
     * Takes outcomes that come together.
     *
     * @param outcomes the outcomes, in the order in which their tasks ended
     */
    default void onOutcomes(List<OutcomeBatch> outcomes) {
        for (OutcomeBatch batch : outcomes) {
            for (long taskId = batch.firstId(); taskId < batch.firstId() + batch.count(); taskId++) {
                onOutcome(taskId, batch.of(taskId));
            }
        }
    }
}
