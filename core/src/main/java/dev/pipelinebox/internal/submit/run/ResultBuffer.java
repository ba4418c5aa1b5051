package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.internal.task.OutcomeBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The submitted tasks of a run until their results are read, and the outcomes that have arrived, in the order of
 * arriving or of adding. An outcome is given first, and counts as unread until it is told to be read. Not thread-safe.
 */
final class ResultBuffer {

    private final OutcomeWindow window = new OutcomeWindow();
    /** Not given yet, in the order of arriving; unused if results are read in the order of adding. */
    private final Deque<OutcomeBatch> arrived = new ArrayDeque<>();

    /** How many outcomes of the first of these batches were given. */
    private int given;

    private boolean inOrder;

    /** So many tasks with consecutive ids were submitted, which are greater than those before. */
    void add(long firstId, int count) {
        window.add(firstId, count);
    }

    /** Outcomes arrive; {@code false} if their tasks are not in flight here, all of them. */
    boolean onOutcomes(OutcomeBatch batch) {
        boolean areAwaited = window.onOutcomes(batch);
        if (areAwaited && !inOrder) {
            arrived.add(batch);
        }
        return areAwaited;
    }

    /** From now on outcomes are given in the order of adding; those that were given and are unread are given again. */
    void readInOrder() {
        inOrder = true;
        clearArrived();
        window.restart();
    }

    /** Gives next outcomes, at most so many, if they have arrived; unread until {@link #onRead}. */
    boolean giveNext(ReadBatch to, int most) {
        if (inOrder) {
            return window.giveNextInOrder(to);
        }
        OutcomeBatch first = arrived.peek();
        if (first == null) {
            return false;
        }
        int count = Math.min(most, first.count() - given);
        to.add(first, first.firstId() + given, count);
        given += count;
        if (given == first.count()) {
            arrived.remove();
            given = 0;
        }
        return true;
    }

    /** Outcomes that were given have been read: those of so many tasks from this one on. */
    void onRead(long firstId, int count) {
        window.onRead(firstId, count);
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
        clearArrived();
    }

    private void clearArrived() {
        arrived.clear();
        given = 0;
    }
}
