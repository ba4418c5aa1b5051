package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.internal.task.TaskOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The submitted tasks of a run until their results are read, and the outcomes that have arrived, in the order of
 * arriving or of adding. An outcome is given first, and counts as unread until it is told to be read. Not thread-safe.
 */
final class ResultBuffer {

    private final OutcomeWindow window = new OutcomeWindow();
    /** Not given yet, in the order of arriving; unused if results are read in the order of adding. */
    private final Deque<TaskOutcome> arrived = new ArrayDeque<>();

    private boolean inOrder;

    /** A task was submitted; its id is greater than those before. */
    void add(long taskId) {
        window.add(taskId);
    }

    /** An outcome arrives; {@code false} if its task is not in flight here. */
    boolean onOutcome(TaskOutcome outcome) {
        boolean isAwaited = window.onOutcome(outcome);
        if (isAwaited && !inOrder) {
            arrived.add(outcome);
        }
        return isAwaited;
    }

    /** From now on outcomes are given in the order of adding; those that were given and are unread are given again. */
    void readInOrder() {
        inOrder = true;
        arrived.clear();
        window.restart();
    }

    /** The next outcome, if it has arrived; unread until {@link #onRead}. */
    @Nullable
    TaskOutcome next() {
        return inOrder ? window.nextInOrder() : arrived.poll();
    }

    /** An outcome that was given has been read. */
    void onRead(long taskId) {
        window.onRead(taskId);
    }

    /** How many tasks were submitted and have not been read. */
    int unread() {
        return window.unread();
    }

    /** How many tasks were submitted and have no outcome. */
    int inFlight() {
        return window.inFlight();
    }

    List<Long> inFlightIds() {
        return window.inFlightIds();
    }

    void clear() {
        window.clear();
        arrived.clear();
    }
}
