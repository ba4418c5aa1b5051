package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.internal.task.TaskOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a run from being taken in to being read, and their outcomes from arriving to being read, in either of the
 * two orders. An outcome may be fetched first and count as read later. Not thread-safe.
 */
final class ResultBuffer {

    private final OutcomeWindow underWay = new OutcomeWindow();
    /** Not fetched yet, in the order of arriving; empty if that does not matter. */
    private final Deque<TaskOutcome> arrived = new ArrayDeque<>();

    private boolean inOrderOfAdding;

    /** A task was handed in; its number is greater than all before. */
    void taken(long taskId) {
        underWay.add(taskId);
    }

    /** An outcome arrives; {@code false} if nobody waits for it, or no more. */
    boolean arrived(TaskOutcome outcome) {
        boolean isAwaited = underWay.arrive(outcome);
        if (isAwaited && !inOrderOfAdding) {
            arrived.add(outcome);
        }
        return isAwaited;
    }

    /** From now on outcomes come in this order; those that were fetched and not read come again. */
    void readInOrderOfAdding() {
        inOrderOfAdding = true;
        arrived.clear();
        underWay.startOver();
    }

    /** The next one to read, if it has arrived; it is under way until it is {@link #read}. */
    @Nullable
    TaskOutcome fetch() {
        return inOrderOfAdding ? underWay.nextInOrder() : arrived.poll();
    }

    /** One that was fetched has been read. */
    void read(long taskId) {
        underWay.read(taskId);
    }

    /** How many have been taken in and not been read. */
    int underWay() {
        return underWay.unread();
    }

    /** How many have been taken in and have no outcome yet. */
    int atWork() {
        return underWay.atWork();
    }

    /** Those that have no outcome yet. */
    List<Long> missing() {
        return underWay.missing();
    }

    void clear() {
        underWay.clear();
        arrived.clear();
    }
}
