package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unread tasks of a run in the order of their ids, which is the order of adding. Most ids are consecutive, so a task
 * is found at the offset of its id; the others are found by binary search. A circular array: it keeps nothing of read
 * tasks and allocates no object for a task. Not thread-safe.
 */
final class OutcomeWindow {

    private static final int FIRST_CAPACITY = 64;

    /** Stands for the outcome of a task that has been read. */
    private static final OutcomeBatch READ = new OutcomeBatch(0, Outcome.Returned.of(null));

    private long[] ids = new long[FIRST_CAPACITY];
    /** {@code null} while a task is in flight. */
    private @Nullable OutcomeBatch[] outcomes = new OutcomeBatch[FIRST_CAPACITY];
    /** Positions only grow; the array index of one is its remainder by the capacity. */
    private long head;

    private long tail;
    private long nextInOrder;
    private int unread;
    private int inFlight;

    /** So many tasks with consecutive ids were submitted, which are greater than those before. */
    void add(long firstId, int count) {
        while (tail - head + count > ids.length) {
            makeRoom(count);
        }
        for (int i = 0; i < count; i++) {
            ids[indexOf(tail)] = firstId + i;
            outcomes[indexOf(tail)] = null;
            tail++;
        }
        unread += count;
        inFlight += count;
    }

    /** Keeps outcomes; {@code false} if their tasks are not in flight here, all of them. */
    boolean onOutcomes(OutcomeBatch batch) {
        long first = find(batch.firstId());
        if (first < 0 || !areInFlight(first, batch)) {
            return false;
        }
        for (long position = first; position < first + batch.count(); position++) {
            outcomes[indexOf(position)] = batch;
        }
        inFlight -= batch.count();
        return true;
    }

    private boolean areInFlight(long first, OutcomeBatch batch) {
        if (first + batch.count() > tail) {
            return false;
        }
        for (int i = 0; i < batch.count(); i++) {
            int index = indexOf(first + i);
            if (ids[index] != batch.firstId() + i || outcomes[index] != null) {
                return false;
            }
        }
        return true;
    }

    /** The outcomes of so many tasks from this one on have been read. */
    void onRead(long firstId, int count) {
        long position = find(firstId);
        for (int i = 0; position >= 0 && i < count; i++, position++) {
            onRead(indexOf(position));
        }
        while (head < tail && isRead(head)) {
            head++;
        }
        nextInOrder = Math.max(nextInOrder, head);
    }

    private void onRead(int index) {
        OutcomeBatch outcome = outcomes[index];
        if (outcome != null && !isRead(outcome)) {
            outcomes[index] = READ;
            unread--;
        }
    }

    /** Gives the next outcome in the order of adding, if it has arrived; each once, until {@link #restart}. */
    boolean giveNextInOrder(ReadBatch to) {
        while (nextInOrder < tail && isRead(nextInOrder)) {
            nextInOrder++;
        }
        OutcomeBatch next = nextInOrder < tail ? outcomes[indexOf(nextInOrder)] : null;
        if (next == null) {
            return false;
        }
        to.add(next, ids[indexOf(nextInOrder)], 1);
        nextInOrder++;
        return true;
    }

    /** The next outcome in order is that of the first unread task. */
    void restart() {
        nextInOrder = head;
    }

    /** The size of the array. */
    int capacity() {
        return ids.length;
    }

    int unread() {
        return unread;
    }

    int inFlight() {
        return inFlight;
    }

    List<Long> inFlightIds() {
        List<Long> taskIds = new ArrayList<>();
        for (long position = head; position < tail; position++) {
            if (outcomes[indexOf(position)] == null) {
                taskIds.add(ids[indexOf(position)]);
            }
        }
        return taskIds;
    }

    void clear() {
        Arrays.fill(outcomes, null);
        head = tail;
        nextInOrder = tail;
        unread = 0;
        inFlight = 0;
    }

    /** The position of a task; negative if it is not here. */
    private long find(long taskId) {
        if (head == tail || taskId < ids[indexOf(head)]) {
            return -1;
        }
        long last = Math.min(tail - 1, head + (taskId - ids[indexOf(head)]));
        if (ids[indexOf(last)] == taskId) {
            return last;
        }
        long first = head;
        while (first <= last) {
            long middle = (first + last) >>> 1;
            long found = ids[indexOf(middle)];
            if (found == taskId) {
                return middle;
            }
            first = found < taskId ? middle + 1 : first;
            last = found < taskId ? last : middle - 1;
        }
        return -1;
    }

    /**
     * Closes the gaps of tasks that were read before others; grows if more than half of the places are taken with so many
     * more.
     */
    private void makeRoom(int more) {
        int capacity = unread + more <= ids.length / 2 ? ids.length : 2 * ids.length;
        long[] newIds = new long[capacity];
        @Nullable OutcomeBatch[] newOutcomes = new OutcomeBatch[capacity];
        int kept = 0;
        int before = 0;
        for (long position = head; position < tail; position++) {
            if (!isRead(position)) {
                before += position < nextInOrder ? 1 : 0;
                newIds[kept] = ids[indexOf(position)];
                newOutcomes[kept++] = outcomes[indexOf(position)];
            }
        }
        ids = newIds;
        outcomes = newOutcomes;
        head = 0;
        tail = kept;
        nextInOrder = before;
    }

    private boolean isRead(long position) {
        OutcomeBatch outcome = outcomes[indexOf(position)];
        return outcome != null && isRead(outcome);
    }

    /** Task ids begin at 1. */
    private static boolean isRead(OutcomeBatch outcome) {
        return outcome.firstId() == READ.firstId();
    }

    private int indexOf(long position) {
        return (int) position & (ids.length - 1);
    }
}
