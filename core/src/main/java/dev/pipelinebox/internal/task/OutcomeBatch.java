package dev.pipelinebox.internal.task;

/**
 * How consecutive tasks have ended.
 *
 * @param firstId the number of the first task
 * @param outcome of all of them if they returned, otherwise of this one task
 */
public record OutcomeBatch(long firstId, Outcome outcome) {

    public int count() {
        return outcome.count();
    }

    /** How one of them has ended. */
    public Outcome of(long taskId) {
        return outcome.at((int) (taskId - firstId));
    }
}
